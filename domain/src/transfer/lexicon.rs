//! Parts of headings and what they speak for, in seven languages: stems of words, and questions such as "What we saw".
//! All in the form of [`plain`](super::vocabulary::plain). A heading of several words is understood by its words.

use super::field::Field::{self, *};

/// What a word speaks for, most wanted first, and how strongly.
type Stems = (&'static [Field], u8, &'static str);

/// Stems of five letters or more begin or end a word, so that "stand" is found in "Bearbeitungsstand"; shorter ones
/// are the word, or its plural.
#[rustfmt::skip]
const STEMS: &[Stems] = &[
    (&[Title], 62, "title titel titre titulo titolo hipotese intitule headline overskrift ueberschrift hypothes hypotes hipotes ipotesi"),
    (&[Title], 50, "name nom naam navn nombre nome bezeichnung idea idee ide bet concept konzept experiment esperimento initiative opportunity proposal pitch card"),
    (&[Title], 24, "test prueba experience exp"),
    (&[Because], 62, "observ osserv beobacht insight evidence evidenz evidenc proof problem probleem constat hallazg befund finding bevinding indsigt erkenntnis inzicht anlass ausgangslage aanleiding waarneming signal segnale symptom complaint beleg preuve prova prove indizio trigger detected"),
    (&[Because], 50, "pain issue research recherche feedback data daten donnees dati datos background hintergrund why need friction irritant context kontext contexte contesto contexto"),
    (&[Change], 62, "change changement mudanca alteracao aender veraender loesung oplossing losning solution solucion soluzion propos vorschlag voorstel propuest propost forslag recommend recomend raccomand empfehl aanbevel treatment variant variation variazion intervention intervent massnahme maatregel cambi wijzig aanpass aendring umsetzung remedy modific modifik"),
    (&[Change], 50, "action aktion azion accion play tactic fix remede medida approach ansatz aanpak execution"),
    (&[Audience], 62, "audience zielgrupp destinatari publiek publik pubblic public publico doelgroep malgrup segment persona cohort cible destinat profil"),
    (&[Audience], 46, "user visitor group gruppe groupe grupo gruppo groep besucher bezoeker visiteur visitant visitator utent nutzer gebruiker usuario utilisateur"),
    (&[Audience], 32, "customer klant kunden cliente client shopper buyer people traffic"),
    (&[Metric], 62, "metric metrik metriek metrique misura kpi kennzahl indicat indicad indikat messgroess noegletal maaltal statistic"),
    (&[Metric], 46, "goal target objective objectif objetiv obiettiv zielwert conversion"),
    (&[Measure, Metric], 56, "measure measurement messung mesure misura medicion meting criteri kriteri succescrit success exito succes successo"),
    (&[Effect], 66, "expected expect hope hoped erhofft erhoff esper esperance sperato gehoopt erwartet erwartung attendu attes prevu previst espere esperad verwacht forventet uplift lift upside predicted forecast projected anticipated mde hausse increment incremento"),
    (&[Effect], 52, "gain winst zuwachs steigerung anstieg aumento augmentation toename movement gewinn guadagno improvement verbesser mejora amelioration verbeter miglioramento estimated stima prognose hypothesised outcome"),
    (&[Reason], 58, "rationale reason reasoning begruend begrund justif giustific onderbouw warum pourquoi perche waarom hvorfor motivo razon grund theory psycholog principle principio principe prinzip"),
    (&[Lever], 64, "lever levers hebel levier palanca leva hefboom greb persuasion motivator bias nudge heuristi"),
    (&[Lever], 46, "behaviour behavior behavioural behavioral comportement conductual psycholog principle principio principe prinzip mechanism mecanisme meccanismo"),
    (&[Area], 62, "page pages seite seiten ecran tela pagina pagine paginas area bereich section sektion sectie seccion sezion template vorlage screen etape schritt passo tappa surface touchpoint location placement zona zone position emplacement ubicacion ort"),
    (&[Area], 68, "journey funnel parcours trichter recorrido percorso"),
    (&[Area], 50, "step stap paso part teil partie parte deel punto punkt stelle plek endroit element"),
    (&[Device], 66, "device geraet appareil dispositiv apparaat apparat enhed viewport breakpoint"),
    (&[Device], 48, "platform plattform plateforme plataforma piattaforma channel kanal canal kanaal canale support form factor"),
    (&[Stage], 64, "status stage situazione statut stato estado stadium stadie phase avancement bearbeitungsstand workflow pipeline lane kanban progress fortschritt voortgang fremgang avance avanzamento situation situacion"),
    (&[Stage], 54, "state etat situazion fase etapa stand board column swimlane"),
    (&[Owner], 66, "owner eigner inhaber responsavel assign responsab responsib verantwort zustaendig ansvarl eigenaar sponsor trekker porteur champion dri propriet referent incaricat asignad encargad aangewezen accountable"),
    (&[Owner], 50, "lead driver pilot pilote author auteur autor autore requester contact ansprechpartner pm po captain who hypothesist member"),
    (&[Created], 66, "created erstell noted spotted noticed captured reported received suggested requested eingebracht gemeldet notiert signale gemeld segnalat criado angelegt creation creazion creacion creado creata creato ajoute anadid aggiunt toegevoegd aangemaakt tilfoejet oprettet added raised logged submitted born opened entered recorded erfasst eingereicht inserit registrat ingediend"),
    (&[Created], 50, "date datum fecha dato data"),
    (&[Tags], 62, "tag tags label etiquet etichett schlagw stichw trefwoord keyword topic hashtag parole"),
    (&[Tags], 46, "category categor kategor theme thema tema themes"),
    (&[Site], 48, "site website shop sito webseite store market markt marche mercado mercato country land pays brand marke marque marca marchio merk domain"),
    (&[Site], 34, "client kunde cliente web"),
    (&[Impact], 66, "impact impatto impacto rilevanz"),
    (&[Impact, Effect], 58, "wirkung auswirkung effekt einfluss influence"),
    (&[Impact], 48, "prize payoff size stake reward hebelwirkung"),
    (&[Impact], 50, "benefit nutzen beneficio benefice vantaggio value valeur valor valore wert"),
    (&[Confidence], 66, "confiden vertrauen sicurezz sicher surete seguridad confianca conviction overtuig ueberzeug confian vertrouwen zuversicht fiducia certain sicherheit zekerheid certezza certeza tillid"),
    (&[Ease], 66, "ease einfach facilid facil eenvoud simplic sencill umsetzbar machbar haalbaar gemak semplic feasib faisab"),
    (&[Effort], 68, "effort aufwand esfuerzo inspanning sforzo indsats charge complex komplex difficult schwierig dificult difficolt moeite"),
    (&[Details], 74, "link links url documento lien liens enlace collegament figma mockup mock screenshot attach anhang allegat bijlage loom ticket jira guardrail secondary sekundaer start end launch due deadline modified updated modifi quarter sprint revenue umsatz spec figma duration runtime file document"),
    (&[Details], 55, "result ergebnis resultat risultat esito uitkomst winner learn apprentiss baseline priorit dependenc source quelle fuente bron fonte sample outcome"),
    (&[Details], 40, "note notes notiz appunt annotaz notas notitie nota comment remark bemerk kommentar opmerk observaciones misc scribble description beschreibung"),
];

/// A question or clause: what it asks with, what it asks about, and what the answers are.
type Question = (&'static str, &'static str, &'static [Field], u8);

#[rustfmt::skip]
const QUESTIONS: &[Question] = &[
    ("where wo ou waar donde dove hvor", "at stand now we stehen steht are staat en estamos siamo sta", &[Stage], 66),
    ("where wo ou waar donde dove hvor", "", &[Area], 64),
    ("who wer qui quien wie hvem chi whom wen", "for fuer pour para voor per rivolge riguarda interessa betreft richtet sieht concerna affect affects sees benefits betrifft concerne concerned afecta see", &[Audience], 68),
    ("who wer qui quien wie hvem chi", "", &[Owner], 64),
    ("why warum pourquoi waarom perche hvorfor", "think denken glaub believe know croit pense pensons crediamo pensiamo creemos tror", &[Because, Reason], 68),
    ("por", "que creemos pensamos", &[Because, Reason], 66),
    ("why warum pourquoi waarom perche hvorfor", "", &[Reason], 60),
    ("how wie hoe como come", "sure certain confident sicher ueberzeugt zeker seguro sicuro sicuri", &[Confidence], 66),
    ("how wie hoe como come", "easy simple quick einfach leicht makkelijk facil facile semplice", &[Ease], 66),
    ("how wie hoe como come", "hard difficult complex schwer schwierig aufwendig moeilijk dificil difficile", &[Effort], 66),
    ("how wie hoe como come", "big large much gross groot grande", &[Impact], 60),
    ("how wie comment hoe como come woran waaraan", "know tell measure judge messen mesur weten meten sabremos sapremo erkenn", &[Measure, Metric], 66),
    ("woran wo waar", "hakt klemmt liegt drueckt hapert scheitert knelt", &[Because], 66),
    ("woran waaraan how", "see sehen zien", &[Measure, Metric], 64),
    ("what was que quoi wat cosa hvad ce", "see saw seen notice noticed observe observed know knew learn learned found find spotted heard wrong broken happening hurts stops annoys fails missing problem issue stoert fehlt klemmt gaat mis gesehen beobachtet vu constate remarque appris zien zagen gezien visto vemos visto osservato abbiamo set ved wissen savons", &[Because], 66),
    ("what was que quoi wat cosa hvad ce", "expect hope gain erwarten attend esperamos verwachten aspettiamo", &[Effect], 66),
    ("what was que quoi wat cosa hvad ce", "do change build ship make try test fix want alter adjust propose tun machen bauen aendern probieren ausprobieren testen umsetzen essayer tester probar provare proberen change changer faire changeons cambia cambiamos hacemos haremos doen passen aanpassen veranderen veranderen facciamo cambiamo faremo goer", &[Change], 66),
];

/// Words without a meaning of their own here.
const STOPS: &str = " the a an of our we i it is to in and or my be der die das des ein eine und im le la les de du des un une et d l en el los las y het een van we di il lo gli e ";
/// Behind these a person or a day stands: "raised by", "born on".
const BY: &str = " by von par por door af da ";
const ON: &str = " on at am le op el den il ";
/// Headings with these tell of other things than this row's.
const LINKED: &str = " related linked parent depends blocks blocked similar count ";
/// What stands behind "on" in headings that are no day of birth.
const NO_BIRTH: &str = "launch start end live due test finish modif updat decid release ship run close site page";

/// What the words of a heading speak for, each field once with its best strength.
pub fn read(name: &str) -> Vec<(Field, u8)> {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| LINKED.contains(&format!(" {word} "))) {
        return Vec::new();
    }
    let mut found: Vec<(Field, u8)> = Vec::new();
    let mut add = |fields: &[Field], strength: u8| {
        for (rank, field) in (0u8..).zip(fields) {
            let strength = strength.saturating_sub(rank * 8);
            match found.iter_mut().find(|(known, _)| known == field) {
                Some((_, best)) => *best = (*best).max(strength) + 2,
                None => found.push((*field, strength)),
            }
        }
    };
    for word in words.iter().filter(|word| !STOPS.contains(&format!(" {word} "))) {
        for (fields, strength, _) in STEMS.iter().filter(|(_, _, stems)| stems.split(' ').any(|stem| is_stem(stem, word))) {
            add(fields, *strength);
        }
    }
    if let Some((_, _, fields, strength)) = QUESTIONS.iter().find(|question| asks(question, &words)) {
        add(fields, *strength);
    }
    match words.as_slice() {
        [_, .., last] if BY.contains(&format!(" {last} ")) => {
            add(&[Owner], 58);
            found.retain(|(field, _)| *field != Created);
        }
        [first, .., last] if ON.contains(&format!(" {last} ")) && !NO_BIRTH.split(' ').any(|stem| first.contains(stem)) => {
            add(&[Created], 60);
        }
        _ => {}
    }
    found
}

fn is_stem(stem: &str, word: &str) -> bool {
    match stem.len() {
        0..=4 => word == stem || word.strip_suffix('s') == Some(stem),
        // "Zielgruppe" is a group, "remarqué" no brand.
        5..=6 => word.starts_with(stem) || (word.ends_with(stem) && word.len() >= stem.len() + 3),
        _ => word.contains(stem),
    }
}

fn asks((asking, about, _, _): &Question, words: &[&str]) -> bool {
    let has = |list: &str, word: &str| list.split(' ').any(|one| one == word || (one.len() > 4 && word.starts_with(one)));
    // "Für wen?" asks with its second word; what is asked about may stand before it then.
    let Some(at) = words.iter().take(2).position(|word| has(asking, word)) else { return false };
    let rest = || words.iter().enumerate().filter(|(index, _)| *index != at);
    about.is_empty() && at == 0 || rest().any(|(_, word)| has(about, word))
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::plain;
    use super::*;

    fn best(heading: &str) -> Option<Field> {
        read(&plain(heading)).into_iter().rev().max_by_key(|(_, strength)| *strength).map(|(field, _)| field)
    }

    #[test]
    fn headings_are_understood_by_their_words() {
        for (heading, field) in [
            ("What we'd do about it", Change),
            ("Ce qu'on change", Change),
            ("Wat passen we aan?", Change),
            ("Erwartete Veränderung", Effect),
            ("Proposed remedy", Change),
            ("Problema detectado", Because),
            ("Why we think so", Because),
            ("Warum glauben wir das?", Because),
            ("Where it's at", Stage),
            ("Where on site", Area),
            ("Étape du parcours", Area),
            ("Journey stage", Area),
            ("Who it affects", Audience),
            ("Für wen?", Audience),
            ("Idea raised by", Owner),
            ("How sure are we?", Confidence),
            ("Wie einfach ist es?", Ease),
            ("What's broken today", Because),
            ("Test status", Stage),
            ("Evidence link", Details),
            ("Problem owner", Owner),
            ("Levier psychologique", Lever),
            ("Osservazione", Because),
            ("Guardrail KPI", Details),
        ] {
            assert_eq!(best(heading), Some(field), "{heading}");
        }
        assert_eq!(best("Fancy that"), None);
    }
}
