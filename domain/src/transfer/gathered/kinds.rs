//! What teams call the kinds of evidence, beside their own names. All in the form of [`plain`].

use crate::evidence::Kind::{self, *};
use crate::transfer::vocabulary::plain;

#[rustfmt::skip]
const WORDS: &[(Kind, &str)] = &[
    (StakeholderInput, "stakeholder|stakeholders|stakeholder opinion|stakeholder request|opinion|hippo|management|internal feedback|internal opinion|meinung"),
    (CommercialPriority, "commercial|business priority|trading priority|business request"),
    (CompetitorCopy, "competitor|competitors|competitor analysis|competitor review|competitor copy|pattern copy|competitive analysis|competitive review|benchmark|benchmarking|wettbewerb|wettbewerbsanalyse|concurrence"),
    (BestPractice, "best practices|baymard|guideline|guidelines|design guideline|literature"),
    (Survey, "surveys|poll|polls|exit survey|on site survey|onsite survey|on site poll|website poll|questionnaire|nps|csat|nps survey|customer survey|umfrage|umfragen|befragung|enquete|sondage|encuesta|enquete en ligne|sondaggio|spoergeskema"),
    (SupportLog, "support|support logs|support ticket|support tickets|support call|support calls|tickets|customer service|customer support|customer care|call centre|call center|call logs|chat log|chat logs|live chat|helpdesk|help desk|kundenservice|kundendienst|service client|klantenservice"),
    (SalesFeedback, "sales|sales team|sales call|sales calls|field sales|branch feedback|sales rep feedback|vertrieb"),
    (ReviewMining, "review|reviews|product reviews|customer reviews|app store reviews|trustpilot|bewertungen|avis clients"),
    (Analytics, "ga|ga4|google analytics|web analytics|webanalytics|adobe analytics|matomo|piwik|quantitative data|analytics data|analytics finding|funnel|funnel analysis|funnel report|bigquery|analyse web|webanalyse"),
    (Heatmap, "heat map|heatmaps|heat maps|hotjar heatmap|clarity heatmap|click map|clickmap|scroll map|scrollmap|click tracking"),
    (EyeTracking, "eyetracking|eye tracking study|blickverfolgung"),
    (SessionRecording, "recording|recordings|session recordings|session replay|session replays|replay|replays|screen recording|screen recordings|hotjar recording|hotjar recordings|clarity recording|clarity recordings|fullstory"),
    (SearchLog, "search logs|site search|internal search|on site search|search terms|search queries|search data|search analytics|interne suche"),
    (FormAnalytics, "form analysis|form tracking|zuko|formularanalyse"),
    (CheckoutReview, "checkout audit|checkout analysis|checkout walkthrough"),
    (ProductContentAnalysis, "content audit|content analysis|product content|product content audit|product data audit"),
    (MerchandisingInsight, "merchandising|merchandiser|merchandising data"),
    (BehaviouralSignal, "behavioral signal|behavioural signals|behavioral signals|signal|signals|rage click|rage clicks|exit intent|hesitation|scroll loop"),
    (UserTest, "user tests|user testing|usability test|usability tests|usability testing|moderated test|unmoderated test|moderated user test|unmoderated user test|remote user test|usertesting|user test session|ux test|nutzertest|nutzertests|usability tests remote|test utilisateur|tests utilisateurs|prueba de usabilidad|gebruikerstest|brugertest"),
    (Interview, "interviews|user interview|user interviews|customer interview|customer interviews|depth interview|depth interviews|idi|focus group|nutzerinterview|kundeninterview|entretien|entretiens|entrevista|entrevistas|intervista"),
    (UsabilityReview, "usability audit|usability inspection|heuristic|heuristics|heuristic evaluation|heuristic review|heuristic analysis|expert review|expert evaluation|ux review|ux audit|cognitive walkthrough|expertenreview"),
    (AccessibilityAudit, "accessibility|accessibility review|accessibility test|a11y|a11y audit|wcag|wcag audit|barrierefreiheit"),
    (OwnTest, "a b test|ab test|a b tests|ab tests|own a b test|own tests|experiment|past test|past experiment|previous test|previous a b test|split test|test result|eigener test"),
    (PublishedTest, "published tests|published a b test|case study|external test|external a b test|fallstudie"),
    (BeforeAfter, "before after|before and after|pre post|vorher nachher|avant apres"),
];

/// The kind that a cell names: by slug, by name, or as the field calls it.
pub fn kind(cell: &str) -> Option<Kind> {
    let wanted = plain(cell);
    let own = || Kind::ALL.into_iter().find(|kind| plain(kind.name()) == wanted || plain(kind.slug()) == wanted);
    let common = || WORDS.iter().find(|(_, words)| words.split('|').any(|word| word == wanted)).map(|(kind, _)| *kind);
    Kind::from_words(cell).or_else(own).or_else(common)
}
