//! The words that teams write above their columns, in six languages, and what they stand for. Words are in the
//! form of [`plain`]: lower case, without accents ("ä" as "ae", "ø" as "oe", "å" as "a"), one space between.

use super::field::Field::{self, *};
use crate::text::slug_of;

/// The text in the form in which words are compared.
pub fn plain(text: &str) -> String {
    let composed: String = text.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    let words = slug_of(&composed).replace('-', " ");
    if words.is_empty() { composed.trim().to_lowercase() } else { words }
}

/// How the values must look for a heading that may mean several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Anything that does not speak against it.
    Loose,
    /// The values must speak for it.
    Strict,
}

/// One thing that a heading may mean. The strongest heading gets a field that takes one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    pub field: Field,
    pub strength: u8,
    pub fit: Fit,
}

/// Headings separated by bars, what they may mean in this order, and how strongly. Below 90 the values must speak
/// for all but the last meaning.
type Entry = (&'static str, &'static [Field], u8);

#[rustfmt::skip]
const HEADINGS: &[Entry] = &[
    ("title|titel|titre|titulo|summary|headline|zusammenfassung|overskrift|ueberschrift|onderwerp|sujet|asunto|betreff|intitule|hypothesis title|idea title|test title|experiment title|hypothesis name|titel der idee|titre de l idee", &[Title], 100),
    ("name|nom|nombre|naam|navn|bezeichnung|test name|testname|experiment name|idea name|task|task name|card name|issue summary|nom du test|nombre del test|nombre de la prueba|testnavn|testnaam|name des tests|hypothesenname|name der hypothese", &[Title], 95),
    ("idea|ideas|idee|ideen|ide|test idea|testidee|experiment idea|our idea|experiment|experiments|test|prueba|experimento|experience|eksperiment|testide|idee de test|idea de test|cro idea|a b test|ab test|what to test|what to try|what shall we test|what do we want to test|test concept|opportunity|proposal title|massnahme|vorhaben", &[Title], 80),
    ("hypothesis|hypotheses|hypothese|hypothesen|hypotese|hipotesis|hypothesis statement|test hypothesis|hypothesis text|our hypothesis", &[Title], 60),
    ("observation|observations|beobachtung|beobachtungen|insight|insights|problem|problem insight|problem statement|probleme|problema|finding|findings|evidence|evidenz|beleg|belege|research|constat|constats|observacion|hallazgo|hallazgos|evidencia|waarneming|observatie|observaties|bevinding|inzicht|probleem|indsigt|fund|data|erkenntnis|erkenntnisse|befund|based on observation|based on|what did we see|what have we seen|what we saw|what we observed|was haben wir gesehen|pain point|pain|user problem|customer problem|preuve|donnees|datos|because we saw|because we observed|we observed|ausgangslage|begrundelse i data|dokumentation|supporting data|quantitative evidence|qualitative evidence|belaeg", &[Because], 90),
    ("because|weil|da wir|parce que|porque|fordi|omdat|because of", &[Because], 70),
    ("change|changes|proposed change|suggested change|proposed solution|solution|loesung|losning|loesning|oplossing|aenderung|vorschlag|aenderungsvorschlag|changement|changement propose|proposition|solution proposee|cambio|cambio propuesto|propuesta|solucion|wijziging|aanpassing|voorstel|verandering|aendring|forslag|variant|variation|variante|treatment|challenger|if|if we|wenn|wenn wir|si|si nous|als we|hvis vi|hvis|we believe|we believe that|we believe this|wir glauben|wir glauben dass|nous pensons que|creemos que|wij geloven|wij geloven dat|vi tror|vi tror at|i expect that|what do we change|what will we change|what we change|what we will change|what changes|description of change|was aendern wir|action|intervention|then we will|proposed variant|umsetzung", &[Change], 90),
    ("audience|audiences|segment|segments|target group|target audience|target segment|target|users|user segment|visitor segment|visitors|customer segment|persona|for|for whom|who is it for|zielgruppe|zielgruppen|nutzergruppe|besuchergruppe|public|public vise|public cible|cible|audience cible|audiencia|publico|publico objetivo|segmento|audiencia objetivo|doelgroep|malgruppe|maalgruppe|fuer wen|pour qui|para quien|voor wie", &[Audience], 90),
    ("metric|metrics|primary metric|main metric|key metric|goal metric|success metric|target metric|kpi|kpis|primary kpi|main kpi|goal|goals|primary goal|conversion goal|indicateur|indicateur cle|indicateur principal|metrique|metrik|kennzahl|hauptkennzahl|zielmetrik|messgroesse|metrica|metrica principal|indicador|indicador principal|metriek|doelmetriek|statistiek|maltal|maaltal|noegletal|hovedmetrik|conversieziel|objectif|objetivo|ziel|doel|mal", &[Metric], 85),
    ("expected effect|expected uplift|expected lift|expected change|expected result|expected outcome|expected impact|expected gain|expected improvement|uplift|lift|predicted uplift|predicted lift|estimated uplift|estimated lift|potential uplift|uplift estimate|effect size|forecast uplift|then|will lead to|will result in|which will|erwarteter effekt|erwartete wirkung|erwarteter uplift|erwartetes ergebnis|effet attendu|effet prevu|gain attendu|gain espere|hausse attendue|resultat attendu|impact attendu|efecto esperado|mejora esperada|impacto esperado|resultado esperado|incremento esperado|verwacht effect|verwachte uplift|verwachte impact|verwacht resultaat|verwachte stijging|forventet effekt|forventet loeft|forventet resultat|forventet uplift|dann|alors|entonces|dan|saa|we expect|we expect to see|wir erwarten", &[Effect], 90),
    ("effekt|wirkung|auswirkung|effet|effect|efecto|virkning|einfluss", &[Impact, Effect], 75),
    ("reason|reasons|rationale|reasoning|since|why|why it should work|why will it work|why do we think it works|why we believe it|will address|justification|warum|grund|begruendung|raison|pourquoi|motivo|razon|por que|justificacion|waarom|reden|onderbouwing|hvorfor|begrundelse|arsag|user psychology|psychological principle|principle|theory|mechanism explained", &[Reason], 85),
    ("measure|measure of success|success criteria|success criterion|success criterium|how will we know|how we will know|how we know|we will know when|we ll know when|we will know we are right when|erfolgskriterium|erfolgskriterien|erfolgsmessung|messung|critere de succes|criteres de succes|critere de reussite|mesure du succes|criterio de exito|criterios de exito|succescriterium|succescriteria|succeskriterie|succeskriterier|succeskriterium|definition of success|woran erkennen wir den erfolg|validation criteria", &[Measure], 90),
    ("site|website|web site|client site|shop|store|webshop|web shop|online shop|market|markt|marked|marche|mercado|country|land|pays|pais|butik|boutique|tienda|winkel|sitio|sitio web|site web|webseite|domain|domaine|domein|dominio|property|brand|marke|marque|marca|merk|client|kunde|maerke|locale|storefront", &[Site], 85),
    ("page|pages|area|areas|page element|page or element|page area|page type|page template|site area|seite|seiten|seitentyp|bereich|seitenbereich|template|templates|vorlage|surface|touchpoint|location|where|wo|ou|donde|waar|hvor|section|sektion|page ou zone|zone|page concernee|pagina|paginas|seccion|zona|sectie|gebied|paginatype|side|sider|sidetype|omrade|omraade|funnel step|step|step of funnel|funnel stage|screen|schritt|etape du tunnel|test page|tested page|view", &[Area], 85),
    ("component|components|component s|komponente|komponenten|composant|composants|componente|componentes|feature|module|element", &[Area], 55),
    ("device|devices|device s|device type|device types|geraet|geraete|geraetetyp|endgeraet|endgeraete|appareil|appareils|type d appareil|dispositivo|dispositivos|apparaat|apparaten|enhed|enheder|devices affected", &[Device], 90),
    ("channel|kanal|canal|kanaal|platform|plattform|plateforme|plataforma|viewport", &[Device, Details], 60),
    ("lever|levers|hebel|levier|leviers|palanca|hefboom|greb|mechanism|lift model lever", &[Lever], 90),
    ("theme|thema|themen|tema|themes|topic|category|categorie|categoria|kategorie|kategori|heuristic|driver", &[Lever, Tags], 60),
    ("status|stage|state|phase|fase|etat|statut|estado|etapa|stand|stadium|stadie|workflow|workflow state|board column|list|list name|column|bearbeitungsstand|progress status|test status|current status|stand der dinge", &[Stage], 90),
    ("owner|assignee|assigned to|responsible|responsible person|dri|lead|who|po|product owner|test owner|idea owner|hypothesis owner|person|people|assigned|verantwortlich|verantwortlicher|verantwortliche|verantwortliche person|zustaendig|zugewiesen an|besitzer|bearbeiter|responsable|proprietaire|assigne a|attribue a|porteur|wer|qui|quien|wie|hvem|propietario|asignado a|dueno|encargado|verantwoordelijke|verantwoordelijk|eigenaar|toegewezen aan|ansvarlig|ansvarlige|ejer|tildelt|champion|pm|project lead|test lead|accountable", &[Owner], 95),
    ("reporter|created by|added by|author|submitted by|proposed by|suggested by|raised by|requested by|submitter|requester|creator|erstellt von|autor|auteur|eingereicht von|angelegt von|vorgeschlagen von|cree par|propose par|ajoute par|creado por|propuesto por|aangemaakt door|ingediend door|oprettet af|foreslaet af|forfatter|idea from|idee von|from", &[Owner], 60),
    ("tags|tag|labels|label|etiquettes|etiquette|mots cles|etiquetas|etiqueta|schlagworte|schlagwoerter|stichworte|stichwoerter|etiketten|trefwoorden|etiketter|keywords|noegleord|maerker|emneord", &[Tags], 90),
    ("impact|wichtigkeit der wirkung|impacto|impakt|impact potential", &[Impact, Effect], 95),
    ("business value|business impact|value|benefit|nutzen|mehrwert|gevolg|revenue impact", &[Impact, Details], 50),
    ("confidence|konfidenz|vertrauen|zuversicht|confiance|confianza|vertrouwen|tillid|certainty|certitude|certeza|zekerheid|sikkerhed|sicherheit|gewissheit|overbevisning", &[Confidence], 95),
    ("confidence level|likelihood|probability", &[Confidence, Details], 60),
    ("ease|einfachheit|leichtigkeit|umsetzbarkeit|machbarkeit|facilite|simplicite|faisabilite|facilidad|sencillez|gemak|eenvoud|haalbaarheid|lethed|nemhed|enkelhed|gennemfoerlighed|simplicity|feasibility|ease of implementation|ease of build", &[Ease], 95),
    ("effort|aufwand|umsetzungsaufwand|difficulty|complexity|komplexitaet|schwierigkeit|effort requis|charge|complexite|difficulte|esfuerzo|complejidad|dificultad|inspanning|moeite|complexiteit|indsats|kompleksitet|svaerhedsgrad|cost|cost of implementation|dev effort|development effort|implementation effort", &[Effort, Details], 90),
    ("created|created at|created on|created time|created date|date created|date added|added|added on|added at|date logged|logged|logged on|submitted|submitted on|date submitted|creation date|angelegt|angelegt am|erstellt|erstellt am|erstelldatum|erfasst am|hinzugefuegt am|eingereicht am|cree|cree le|date de creation|ajoute le|date d ajout|creado|creado el|fecha de creacion|fecha de alta|anadido|anadido el|aangemaakt|aangemaakt op|toegevoegd|toegevoegd op|aanmaakdatum|datum aangemaakt|oprettet|oprettet den|oprettelsesdato|tilfoejet|dato oprettet", &[Created], 95),
    ("date|datum|fecha|dato|idea date", &[Created, Details], 60),
    ("details|detail|description|notes|note|comment|comments|remarks|remark|beschreibung|notiz|notizen|bemerkung|bemerkungen|kommentar|kommentare|anmerkung|anmerkungen|remarque|remarques|commentaire|commentaires|descripcion|notas|comentario|comentarios|observaciones|opmerking|opmerkingen|notitie|notities|toelichting|beskrivelse|noter|bemaerkning|bemaerkninger|kommentarer|issue key|key|priority|prioritaet|priorite|prioridad|prioriteit|prioritet|attachments|attachment|anhang|anhaenge|last modified|last modified time|last edited time|url|page url|link|links|start|end|start date|end date|due date|baseline|win probability|win chance|outcome|result|results|ergebnis|resultat|resultado|winner|lessons learned|learning|learnings|key finding|decision|conclusion|control|original|target quarter|quarter|sprint|story points|estimate|reach|potential|potenzial|potentiel|potencial|importance|wichtigkeit|importancia|belang|vigtighed|sample size|traffic|weight|est yearly value|annual value|revenue|screenshot|screenshots|guardrail|guard rail|guardrails|ticket|jira|figma|design|parent|related to|depends on|time frame|duration|secondary metric|secondary metrics|actual uplift|actual result|measured uplift|observed uplift|statistical significance|significance|p value", &[Details], 80),
    ("score|ice|ice score|pie|pie score|rice|rice score|cie|pxl|total|total score|sum|avg|average|mean|rank|ranking|priority rank|priority score|overall score|punkte|punktzahl|gesamtpunkte|gesamt|summe|durchschnitt|mittelwert|rang|note ice|note globale|note finale|score ice|score total|moyenne|rang ice|puntuacion|puntos|promedio|media|gemiddelde|totaal|rangorde|gennemsnit|point|placering|i x c x e|ice total|ice prioriteit|weighted score|nr|no|number|nummer|numero|num|id|issue id|issue type|project|project key|row|row id|record id|updated|updated at|lfd nr|lfd|resolution|votes|watchers", &[Ignore], 80),
];

/// Parts of words that give an unknown heading away.
#[rustfmt::skip]
const STEMS: &[Entry] = &[
    ("how will we|success crit|erfolgskrit|succeskrit|succescrit|critere de|criterio de ex|know when|measure of", &[Measure], 45),
    ("did we see|we saw|we see|have seen|observ|beobacht|insight|evidence|hallazg|constat|pain point", &[Because], 45),
    ("we change|will change|proposed|to change|solution|aenderung|cambio|wijzig|aendring", &[Change], 45),
    ("expected|erwartet|attendu|esperad|verwacht|forventet|uplift", &[Effect], 45),
    ("rationale|begruend|justifi|why |warum|pourquoi|waarom|hvorfor|onderbouw", &[Reason], 42),
    ("audience|zielgrupp|public|doelgroep|malgrupp|segment", &[Audience], 45),
    ("metric|kpi|kennzahl|indicat|indicad|metrik|metriek", &[Metric], 42),
    ("device|geraet|appareil|dispositiv|apparaat", &[Device], 45),
    ("status|stage|statut", &[Stage], 42),
    ("owner|assign|responsab|responsib|verantwort|ansvarl|eigenaar|zustaendig", &[Owner], 45),
    ("created|erstellt|angelegt|cree le|creacion|creation|aangemaakt|oprettet|date added", &[Created], 42),
    ("tags|label|etiquet|schlagw|trefwoord|keyword", &[Tags], 42),
    ("hypothes|hypotes|hipotes", &[Title], 50),
    ("confiden|vertrauen|confian|vertrouwen", &[Confidence, Details], 40),
    ("effort|aufwand|esfuerzo|inspanning", &[Effort, Details], 40),
    ("impact|impacto", &[Impact, Details], 40),
    ("title|test name|idea", &[Title], 42),
    ("page|seite|pagina", &[Area, Details], 40),
];

/// Words that say what a column is rather than what it is about; without them a heading may be known.
const NOISE: &str = " score rating rate value level estimate estimated our the primary main custom field cf of scale points pts ice a an this \
                     my team punkte initial type wert bewertung note skala bis to from out column text select number rank ";
/// Headings that tell what came of a test stand above results, not above plans.
const PAST: &str = " actual observed measured result results resultat ergebnis final previous old last outcome real tatsaechlich ";
/// Tools put these around the heading that a person chose.
const WRAPPERS: &str = "|custom field|custom fields|field|cf|benutzerdefiniertes feld|champ personnalise|campo personalizado|\
                        aangepast veld|brugerdefineret felt|tilpasset felt|";

/// What a heading may mean, most wanted first; empty when it is unknown.
pub fn meanings(heading: &str) -> Vec<Meaning> {
    let (outer, inner) = unwrap(heading);
    let name = if WRAPPERS.contains(&format!("|{outer}|")) || outer.is_empty() { inner } else { outer };
    if name.is_empty() || name.len() > 48 {
        return Vec::new();
    }
    if let Some(found) = find(&name) {
        return found;
    }
    let words = || name.split(' ').filter(|word| !word.bytes().all(|b| b.is_ascii_digit()));
    let numberless = words().collect::<Vec<_>>().join(" ");
    if let Some(found) = find(&numberless) {
        return found;
    }
    if words().any(|word| PAST.contains(&format!(" {word} "))) {
        return vec![Meaning { field: Details, strength: 30, fit: Fit::Loose }];
    }
    let core = words().filter(|word| !NOISE.contains(&format!(" {word} "))).collect::<Vec<_>>().join(" ");
    let found = find(&core).map(|found| found.into_iter().map(weaker).collect());
    found.or_else(|| stem(&numberless)).unwrap_or_default()
}

/// The heading outside and inside its brackets, both plain.
fn unwrap(heading: &str) -> (String, String) {
    let heading = split_camel(heading);
    let Some(open) = heading.find(['(', '[']) else {
        return (plain(&heading), String::new());
    };
    let (before, rest) = heading.split_at(open);
    let inner = rest.get(1..).unwrap_or_default();
    let (inner, after) = inner.split_once([')', ']']).unwrap_or((inner, ""));
    let outer = if after.chars().count() <= 1 { before.to_owned() } else { format!("{before} {after}") };
    let suffix = if inner.chars().count() <= 2 && inner.chars().all(char::is_lowercase) { inner } else { "" };
    // "Device(s)" reads "device s", which is listed; so do "Tag(s)" without its bracket.
    let outer = if suffix.is_empty() { outer } else { before.to_owned() };
    (plain(&outer), plain(inner))
}

/// "createdAt" as "created At".
fn split_camel(heading: &str) -> String {
    let mut split = String::with_capacity(heading.len() + 4);
    let mut before = ' ';
    for c in heading.chars() {
        if before.is_lowercase() && c.is_uppercase() {
            split.push(' ');
        }
        split.push(c);
        before = c;
    }
    split
}

fn find(name: &str) -> Option<Vec<Meaning>> {
    if name.is_empty() {
        return None;
    }
    let (_, fields, strength) = HEADINGS.iter().find(|(names, _, _)| names.split('|').any(|known| known == name))?;
    Some(list(fields, *strength))
}

fn stem(name: &str) -> Option<Vec<Meaning>> {
    let padded = format!("{name} ");
    let (_, fields, strength) = STEMS.iter().find(|(stems, _, _)| stems.split('|').any(|stem| padded.contains(stem)))?;
    Some(list(fields, *strength))
}

fn list(fields: &[Field], strength: u8) -> Vec<Meaning> {
    let last = fields.len().saturating_sub(1);
    let fit = |index: usize| if index < last && strength < 90 { Fit::Strict } else { Fit::Loose };
    fields.iter().enumerate().map(|(index, field)| Meaning { field: *field, strength, fit: fit(index) }).collect()
}

fn weaker(meaning: Meaning) -> Meaning {
    let fit = if meaning.field.is_rating() { Fit::Strict } else { meaning.fit };
    Meaning { strength: meaning.strength.saturating_sub(10), fit, ..meaning }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(heading: &str) -> Option<Field> {
        meanings(heading).first().map(|meaning| meaning.field)
    }

    #[test]
    fn headings_are_known_however_they_are_written() {
        for (heading, field) in [
            ("Test name ", Title),
            ("HYPOTHESE", Title),
            ("Custom field (Impact)", Impact),
            ("Benutzerdefiniertes Feld (Aufwand)", Effort),
            ("Impact\n(1-10)", Impact),
            ("Confidence 1-5", Confidence),
            ("ICE: Ease", Ease),
            ("Ease score", Ease),
            ("Gerät", Device),
            ("Geraet", Device),
            ("Device(s)", Device),
            ("Créé le", Created),
            ("createdAt", Created),
            ("Étiquettes", Tags),
            ("Målgruppe", Audience),
            ("Doelgroep", Audience),
            ("Público objetivo", Audience),
            ("What did we see?", Because),
            ("ICE Score", Ignore),
            ("Note ICE", Ignore),
            ("Story Points", Details),
            ("Actual impact", Details),
        ] {
            assert_eq!(first(heading), Some(field), "{heading}");
        }
        assert_eq!(first("Related to Experiments (Column)"), None);
        assert_eq!(first(""), None);
    }

    #[test]
    fn the_table_is_in_plain_form_and_names_nothing_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for name in HEADINGS.iter().flat_map(|(names, _, _)| names.split('|')) {
            assert_eq!(plain(name), name);
            assert!(seen.insert(name), "{name} stands twice");
        }
    }
}
