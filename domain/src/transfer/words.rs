//! Words that stand in cells: stages, devices, levels, common areas and metrics, in six languages and in the form
//! of [`plain`](super::vocabulary::plain).

use super::vocabulary::plain;
use crate::hypotheses::Stage;
use crate::sites::Device;

type Words<T> = (T, &'static str);

#[rustfmt::skip]
const STAGES: [Words<Stage>; 7] = [
    (Stage::Idea, "idea|ideas|in pruefung|a cadrer|onderzoeken|op de plank|awaiting data|needs data|idea nueva|da fare|idee nuove|nuova|nuovo|bozza|on the bench|with client|idee|ideen|ide|ideer|backlog|to do|todo|new|neu|nouveau|nouvelle|nuevo|nueva|nieuw|ny|open|offen|ouvert|abierto|aben|not started|nicht begonnen|non commence|sin empezar|niet gestart|ikke startet|draft|entwurf|brouillon|borrador|concept|kladde|inbox|submitted|proposed|vorgeschlagen|propose|propuesto|a faire|por hacer|pendiente|te doen|at goere|icebox|triage|needs triage|unscored|under review|needs research|in research|research|researching|captured|logged|brainstorm|vorschlag|zu tun|in backlog|in the backlog|im backlog|idea backlog|not tested|ungetestet"),
    (Stage::EvidenceGathered, "evidence gathered|evidence|researched|research done|validated idea|belegt|recherchiert|investigado|onderzocht|undersoegt|documented|documente"),
    (Stage::Prioritised, "prioritised|freigegeben|a lancer|testing next|on deck|klaar om te testen|pronto|pronta|approvato|pianificato|vorbereitet|in vorbereitung|prioritized|priorisiert|priorise|priorisee|priorizado|priorizada|geprioriteerd|prioriteret|planned|geplant|planifie|planificado|gepland|planlagt|ready|ready to test|ready for test|ready for testing|bereit|pret|listo|klaar|klar|next|next up|up next|queued|queue|scheduled|selected|selected for development|selected for testing|selected for test|approved|genehmigt|approuve|aprobado|goedgekeurd|godkendt|accepted|scored|shortlisted|to test|zu testen|a tester|in design|design|in development|in dev|development|building|in build|ready to start|applied"),
    (Stage::InTest, "in test|live test|in flight|in the wild|en marcha|in corso|attivo|in prova|im einsatz|test live|in testing|testing|test|tests|running|live|active|started|in progress|in arbeit|in bearbeitung|im test|laeuft|test laeuft|en test|en cours|en cours de test|en prueba|en curso|en progreso|probando|in uitvoering|bezig|loopt|actief|under test|i gang|i test|koerer|in review|in qa|qa|experiment running|launched|lanceret|gestartet|lance|lanzado|in experiment|aktiv|paused test|analysing|analyzing|in analysis"),
    (Stage::Decided, "decided|gano|perdio|benefit proven|no benefit|vinto|perso|concluso|concluse|completato|finito|proved|no difference|kein unterschied|sans effet|done|completed|complete|finished|closed|concluded|analysed|analyzed|won|win|winner|lost|loss|loser|inconclusive|validated|invalidated|proven|disproven|abgeschlossen|fertig|erledigt|beendet|gewonnen|verloren|geschlossen|entschieden|termine|terminee|fini|conclu|gagne|perdu|ferme|terminado|terminada|finalizado|hecho|completado|ganado|perdido|cerrado|afgerond|klaar getest|voltooid|gesloten|verlopen|afsluttet|faerdig|vundet|tabt|lukket|resolved|tested|getestet|teste|probado|testet|ended|stopped|no result|flat|neutral"),
    (Stage::Shipped, "shipped|embedded|live gezet|en produccion|in produktion|mis en ligne|rilasciato|pubblicato|launched to all|implemented|rolled out|released|deployed|in production|live for all|live 100|umgesetzt|ausgerollt|veroeffentlicht|deploye|mis en production|implemente|implementado|desplegado|publicado|uitgerold|geimplementeerd|implementeret|udrullet|udgivet|permanent"),
    (Stage::Parked, "parked|binned|bin|iced|shelved|scrapped|frozen|ijskast|in de ijskast|archiviato|sospeso|in pausa|rifiutato|scartato|annullato|auf eis|ruht|zurueckgewiesen|a l arret|aplazado|uitgesteld|vervallen|nope|will not do|not doing|on hold|hold|paused|blocked|archived|archive|archiviert|archivee|archivado|gearchiveerd|arkiveret|rejected|declined|killed|cancelled|canceled|abandoned|dropped|wont do|won t do|wont fix|no go|not now|later|deferred|postponed|waiting|waiting for client|waiting for approval|on ice|zurueckgestellt|pausiert|pause|blockiert|abgelehnt|verworfen|abgebrochen|geparkt|wartet|spaeter|abandonne|abandonnee|en attente|en pause|rejete|bloque|reporte|annule|aparcado|en espera|pausado|rechazado|descartado|bloqueado|cancelado|geparkeerd|gepauzeerd|on hold gezet|afgewezen|geblokkeerd|geannuleerd|in de wacht|pa pause|parkeret|afvist|sat pa pause|udskudt|afventer|annulleret|blokeret|duplicate|discarded|no"),
];

#[rustfmt::skip]
const DEVICES: [Words<Option<Device>>; 4] = [
    (None, "all|all devices|tutti|tutti i dispositivi|qualsiasi|everything|all digital|every screen|both devices|any|both|every device|alle|alle geraete|tous|toutes|tous appareils|tous les appareils|todos|todos los dispositivos|alle apparaten|alle enheder|total|overall|cross device|all visitors|responsive|beide|les deux|ambos|begge|devices|all platforms|gesamt|ensemble"),
    (Some(Device::Desktop), "desktop|desktops|computer|pc|laptop|desktop web|web desktop|ordinateur|ordinateurs|ordenador|escritorio|bureau|rechner|datamat|computers|large screen|desktop browser|desktop computer|mac"),
    (Some(Device::Mobile), "mobile|mobil|cellulare|telefonino|mobiel|movil|moviles|telephone|phone|phones|smartphone|smartphones|handy|mobile web|mobile phone|mobile phones|telefon|telefoon|telefono|mobiltelefon|mobile site|m web|mweb|mobile browser|iphone|android|ios|android phone|mobile device|small screen|mobilen"),
    (Some(Device::Tablet), "tablet|tablets|tablette|tablettes|tableta|tabletas|ipad|ipads|tablet web"),
];

/// Levels in words, as levels of 1 to 10.
#[rustfmt::skip]
const LEVELS: [Words<u8>; 5] = [
    (1, "very low|lowest|sehr niedrig|sehr gering|tres faible|muy bajo|muy baja|zeer laag|meget lav"),
    (2, "low|niedrig|gering|klein|faible|bas|basse|bajo|baja|laag|lav|small|minor|weak"),
    (5, "medium|med|mid|middle|mittel|moyen|moyenne|medio|media|gemiddeld|middel|mellem|moderate|average|normal"),
    (8, "high|hoch|gross|fort|forte|eleve|elevee|haut|haute|alto|alta|hoog|hoej|large|big|major|strong"),
    (9, "very high|highest|sehr hoch|tres eleve|tres fort|muy alto|muy alta|zeer hoog|meget hoej|huge|critical"),
];

#[rustfmt::skip]
const AREAS: [Words<&str>; 11] = [
    ("landing-page", "landing page|pagina di destinazione|pagina di atterraggio|zielseite|campaign page|landing pages|landing|landingsside|landingspagina|page d atterrissage|lp|lps"),
    ("search", "search|search and listing|ricerca|risultati di ricerca|pagina categoria|elenco prodotti|resultados de busqueda|trefferliste|lijstpagina|suchergebnisse|resultats de recherche|zoekresultaten|search results|listing|listing page|plp|category page|liste|recherche|suche|produktliste|kategorieseite|busqueda|listado|zoeken|soegning|serp"),
    ("product-page", "product page|pagina prodotto|scheda prodotto|artikelseite|product detail|product pages|product detail page|pdp|product|produktseite|produktdetailseite|fiche produit|page produit|pagina de producto|ficha de producto|productpagina|produktside|detail page"),
    ("basket", "basket|cart|carrello|winkelmandje|bag|shopping bag|shopping cart|warenkorb|panier|carrito|cesta|winkelwagen|winkelmand|kurv|indkoebskurv|cart page|basket page"),
    ("checkout", "checkout|cassa|check out|kasse|kassen|commande|caisse|pago|afrekenen|kassa|payment|checkout page|tunnel de commande"),
    ("sign-up", "sign up|registrazione|iscrizione|signup flow|signup|registration|registrierung|inscription|registro|aanmelden|registratie|tilmelding|register|anmeldung"),
    ("pricing-page", "pricing page|prezzi|page tarifs|pagina prezzi|pagina de precios|price page|plans|pricing|prices|preise|preisseite|tarifs|precios|prijzen|priser"),
    ("account", "account|il mio account|area personale|mio account|my account|konto|mein konto|compte|mon compte|cuenta|mi cuenta|mijn account|min konto"),
    ("navigation", "navigation|navigazione|nav|header nav|main navigation|kopfbereich|menu|main menu|header|hauptmenue|navegacion|navigatie|kopfzeile"),
    ("quote-request", "quote request|quote|request a quote|angebotsanfrage|demande de devis|devis|presupuesto|offerteaanvraag|tilbud"),
    ("dealer-locator", "dealer locator|store locator|store finder|haendlersuche|filialfinder|trouver un magasin|winkelzoeker|find butik"),
];

#[rustfmt::skip]
const METRICS: [Words<&str>; 9] = [
    ("conversion-rate", "conversion rate|tasso di conversione|kaufabschlussquote|conversion|cr|cvr|purchases|purchase rate|order rate|orders per visitor|konversionsrate|konversion|taux de conversion|tasa de conversion|conversieratio|conversiepercentage|konvertering|konverteringsrate|purchase"),
    ("average-order-value", "average order value|valore medio dell ordine|valore medio ordine|scontrino medio|gemiddeld orderbedrag|durchschnittlicher warenkorb|aov|panier moyen|durchschnittlicher bestellwert|warenkorbwert|valor medio del pedido|ticket medio|gemiddelde orderwaarde|gennemsnitlig ordrevaerdi|gns ordre|kurvstoerrelse"),
    ("revenue-per-visitor", "revenue per visitor|ricavo per visitatore|ingresos por visita|rpv|umsatz pro besucher|revenu par visiteur|ingresos por visitante|omzet per bezoeker|omsaetning pr besoegende"),
    ("margin-per-visitor", "margin per visitor|marge pro besucher|marge par visiteur"),
    ("add-to-basket", "add to basket|add to bag|add to bag rate|add to basket rate|aggiunta al carrello|aggiunte al carrello|in winkelmand gelegd|add to cart|atc|ajout au panier|in den warenkorb|anadir al carrito|in winkelwagen|laeg i kurv|add to cart rate"),
    ("bounce-rate", "bounce rate|frequenza di rimbalzo|bouncerate|bounces|absprungrate|taux de rebond|tasa de rebote|bouncepercentage|afvisningsprocent"),
    ("return-rate", "return rate|tasso di reso|resi|returns|retourenquote|taux de retour|tasa de devolucion|retourpercentage|returrate"),
    ("sample-request", "sample requests|sample request|musterbestellungen"),
    ("demo-booking", "demo bookings|demo requests|demos|demo booking"),
];

#[rustfmt::skip]
const LEVERS: [Words<&str>; 12] = [
    ("clarity", "clarity|chiarezza|klarheit|clarte|claridad|duidelijkheid|klarhed"),
    ("relevance", "relevance|rilevanza|pertinenza|relevanz|pertinence|relevancia|relevantie|relevans"),
    ("trust", "trust|fiducia|vertrauen|confiance|confianza|vertrouwen|tillid"),
    ("friction", "friction|attrito|frizione|reibung|friccion|frictie|friktion"),
    ("motivation", "motivation|motivazione|motivacion|motivatie"),
    ("urgency", "urgency|urgenza|scarsita|schaarste|dringlichkeit|urgence|urgencia|urgentie|hastende|scarcity"),
    ("findability", "findability|reperibilita|reperage|encontrabilidad|auffindbarkeit|trouvabilite|vindbaarheid|findbarhed"),
    ("price-transparency", "price transparency|trasparenza dei prezzi|trasparenza prezzi|preistransparenz|transparence des prix|transparencia de precios|prijstransparantie|pristransparens"),
    ("social-proof", "social proof|riprova sociale|prova sociale|sozialer beweis|preuve sociale|prueba social|sociaal bewijs|socialt bevis"),
    ("choice", "choice|scelta|auswahl|choix|eleccion|keuze|valg"),
    ("speed", "speed|velocita|geschwindigkeit|vitesse|velocidad|snelheid|hastighed"),
    ("reassurance", "reassurance|rassicurazione|seguridad|zekerheid|securite|rassurance|sicherheit|tranquilidad|geruststelling|tryghed"),
];

fn among<T: Copy>(table: &[Words<T>], word: &str) -> Option<T> {
    let wanted = plain(word);
    table.iter().find(|(_, words)| words.split('|').any(|known| known == wanted)).map(|(meaning, _)| *meaning)
}

/// The stage that a word from a board or a status column stands for.
pub fn stage(word: &str) -> Option<Stage> {
    // Boards number their columns: "2. In test".
    let bare = word.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '-' | ' ' | ':'));
    Stage::from_slug(word.trim()).or_else(|| among(&STAGES, word)).or_else(|| among(&STAGES, bare)).or_else(|| stage_within(bare))
}

/// The stage of a longer note, by a word that says it alone: "Done - won", "Deferred to 2027".
fn stage_within(text: &str) -> Option<Stage> {
    let text = plain(text);
    let words: Vec<&str> = text.split(' ').collect();
    if !(2..=6).contains(&words.len()) {
        return None;
    }
    let refused = |index: usize| {
        let before = index.checked_sub(1).and_then(|index| words.get(index));
        before.is_some_and(|word| {
            matches!(*word, "not" | "no" | "nicht" | "kein" | "pas" | "niet" | "non" | "until" | "before" | "to" | "bis")
        })
    };
    let telling = |list: &str| words.iter().enumerate().any(|(index, word)| list.contains(&format!(" {word} ")) && !refused(index));
    let found = [(PARKED, Stage::Parked), (OVER, Stage::Decided), (READY, Stage::Prioritised), (RUNNING, Stage::InTest)];
    found.into_iter().find(|(list, _)| telling(list)).map(|(_, stage)| stage)
}

/// Words that tell the stage wherever they stand in a short note.
const PARKED: &str = " parked hold paused shelved deferred postponed binned iced killed dropped rejected cancelled abandoned ijskast geparkeerd \
                      uitgesteld zurueckgestellt verworfen abgelehnt verschoben pause abandonne rejete reporte aparcado descartado aplazado sospeso rifiutato ";
const OVER: &str = " won winner win lost lose loser done finished completed concluded gewonnen verloren abgeschlossen beendet erledigt gagne \
                    perdu termine gano gana perdio ganado perdido terminado afgerond vinto perso concluso vundet tabt flat inconclusive ";
const READY: &str =
    " ready planned queued scheduled approved next bereit geplant freigegeben priorisiert klaar gepland pret prete listo pronto ";
const RUNNING: &str = " running testing live laeuft loopt cours marcha corso ";

/// Whether the word names a kind of medium, as columns of devices hold, though no device of ours.
pub fn is_platform(cell: &str) -> bool {
    const PLATFORMS: &str = " app apps web ios android online digital website desktop mobile mobil mobiel tablet native pwa browser ";
    let text = plain(cell);
    !text.is_empty() && text.split(' ').all(|word| word == "all" || PLATFORMS.contains(&format!(" {word} ")))
}

/// The device that a word stands for; `Some(None)` for words such as "all devices".
pub fn device(word: &str) -> Option<Option<Device>> {
    among(&DEVICES, word)
}

/// High, medium and low as levels of 1 to 10.
pub fn level(word: &str) -> Option<u8> {
    among(&LEVELS, word)
}

/// The starter catalogue's slug for a common area.
pub fn area(word: &str) -> Option<&'static str> {
    among(&AREAS, word)
}

/// The starter catalogue's slug for a common metric.
pub fn metric(word: &str) -> Option<&'static str> {
    among(&METRICS, word)
}

/// The starter catalogue's slug for a common lever.
pub fn lever(word: &str) -> Option<&'static str> {
    among(&LEVERS, word)
}

/// Whether the word says that a row sums the others.
pub fn is_total(word: &str) -> bool {
    const TOTALS: &str =
        "|total|totals|sum|summe|gesamt|gesamtsumme|grand total|somme|ensemble|suma|totaal|i alt|alle varianten|all variants|all|overall|";
    TOTALS.contains(&format!("|{}|", plain(word)))
}

/// Whether the cell says that there is nothing: blank or a lone dash.
pub fn is_nothing(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "–" | "—" | "--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_boards_are_stages() {
        for (word, wanted) in [
            ("BACKLOG", Some(Stage::Idea)),
            ("À FAIRE", Some(Stage::Idea)),
            ("in Arbeit", Some(Stage::InTest)),
            ("Won't Do", Some(Stage::Parked)),
            ("zurückgestellt", Some(Stage::Parked)),
            ("På pause", Some(Stage::Parked)),
            ("evidence_gathered", Some(Stage::EvidenceGathered)),
            ("2. In test", Some(Stage::InTest)),
            ("🟢 Live", Some(Stage::InTest)),
            ("Done - won", Some(Stage::Decided)),
            ("Terminé - gagné", Some(Stage::Decided)),
            ("✅ Winner", Some(Stage::Decided)),
            ("Done - no difference", Some(Stage::Decided)),
            ("Deferred to 2027", Some(Stage::Parked)),
            ("Klaar om te testen", Some(Stage::Prioritised)),
            ("Not done yet", None),
            ("Vibing", None),
        ] {
            assert_eq!(stage(word), wanted, "{word}");
        }
    }

    #[test]
    fn no_word_stands_for_two_things() {
        let tables = [
            STAGES.iter().map(|(_, words)| *words).collect::<Vec<_>>(),
            DEVICES.iter().map(|(_, words)| *words).collect(),
            LEVELS.iter().map(|(_, words)| *words).collect(),
            AREAS.iter().map(|(_, words)| *words).collect(),
            METRICS.iter().map(|(_, words)| *words).collect(),
        ];
        for table in tables {
            let mut seen = std::collections::BTreeSet::new();
            for word in table.iter().flat_map(|words| words.split('|')) {
                assert_eq!(plain(word), word);
                assert!(seen.insert(word), "{word} stands twice");
            }
        }
    }

    #[test]
    fn devices_and_levels_are_read() {
        assert_eq!(device("DESKTOP"), Some(Some(Device::Desktop)));
        assert_eq!(device("All devices"), Some(None));
        assert_eq!(device("App"), None);
        assert_eq!((level("LOW"), level("Med"), level("høj")), (Some(2), Some(5), Some(8)));
    }
}
