//! The kinds of evidence, and the five classes that weigh them.

use crate::text;
use serde::{Deserialize, Serialize};

/// How near a piece of evidence comes to a proof; each class has its weight, its cap and its half-life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceClass))]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Opinion,
    CustomerVoice,
    Behaviour,
    UserResearch,
    Test,
}

impl Class {
    pub const ALL: [Class; 5] = [Class::Opinion, Class::CustomerVoice, Class::Behaviour, Class::UserResearch, Class::Test];

    pub fn slug(self) -> &'static str {
        match self {
            Class::Opinion => "opinion",
            Class::CustomerVoice => "customer_voice",
            Class::Behaviour => "behaviour",
            Class::UserResearch => "user_research",
            Class::Test => "test",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Class::Opinion => "Opinion",
            Class::CustomerVoice => "Customer voice",
            Class::Behaviour => "Behaviour",
            Class::UserResearch => "User research",
            Class::Test => "Test",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.slug() == slug)
    }

    /// Its kinds, in their order.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |kind| kind.class() == self)
    }
}

macro_rules! kinds {
    ($($class:ident { $($name:ident = $slug:literal, $words:literal, $one:literal, $many:literal;)+ })+) => {
        /// Where a finding comes from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceKind))]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $($($name,)+)+
        }

        impl Kind {
            pub const ALL: [Kind; 25] = [$($(Kind::$name,)+)+];

            pub fn slug(self) -> &'static str {
                match self {
                    $($(Kind::$name => $slug,)+)+
                }
            }

            pub fn name(self) -> &'static str {
                match self {
                    $($(Kind::$name => $words,)+)+
                }
            }

            /// So many of it in a sentence: "one interview", "two analytics findings".
            pub fn counted(self, count: usize) -> String {
                let (one, many) = match self {
                    $($(Kind::$name => ($one, $many),)+)+
                };
                format!("{} {}", text::count_word(count), if count == 1 { one } else { many })
            }

            /// The class that it is weighed with.
            pub fn class(self) -> Class {
                match self {
                    $($(Kind::$name)|+ => Class::$class,)+
                }
            }
        }
    };
}

kinds! {
    Opinion {
        StakeholderInput = "stakeholder_input", "Stakeholder input", "stakeholder input", "stakeholder inputs";
        CommercialPriority = "commercial_priority", "Commercial priority", "commercial priority", "commercial priorities";
        CompetitorCopy = "competitor_copy", "Competitor or pattern copy", "competitor copy", "competitor copies";
        BestPractice = "best_practice", "Best practice", "best practice", "best practices";
    }
    CustomerVoice {
        Survey = "survey", "Survey", "survey", "surveys";
        SupportLog = "support_log", "Support log", "support log", "support logs";
        SalesFeedback = "sales_feedback", "Sales feedback", "piece of sales feedback", "pieces of sales feedback";
        ReviewMining = "review_mining", "Review mining", "finding from reviews", "findings from reviews";
    }
    Behaviour {
        Analytics = "analytics", "Analytics", "analytics finding", "analytics findings";
        Heatmap = "heatmap", "Heatmap", "heatmap", "heatmaps";
        EyeTracking = "eye_tracking", "Eye tracking", "eye tracking finding", "eye tracking findings";
        SessionRecording = "session_recording", "Session recording", "session recording", "session recordings";
        SearchLog = "search_log", "Search log", "search log", "search logs";
        FormAnalytics = "form_analytics", "Form analytics", "form analytics finding", "form analytics findings";
        CheckoutReview = "checkout_review", "Checkout review", "checkout review", "checkout reviews";
        ProductContentAnalysis = "product_content_analysis", "Product content analysis", "product content analysis", "product content analyses";
        MerchandisingInsight = "merchandising_insight", "Merchandising insight", "merchandising insight", "merchandising insights";
        BehaviouralSignal = "behavioural_signal", "Behavioural signal", "behavioural signal", "behavioural signals";
    }
    UserResearch {
        UserTest = "user_test", "User test", "user test", "user tests";
        Interview = "interview", "Interview", "interview", "interviews";
        UsabilityReview = "usability_review", "Usability review", "usability review", "usability reviews";
        AccessibilityAudit = "accessibility_audit", "Accessibility audit", "accessibility audit", "accessibility audits";
    }
    Test {
        OwnTest = "own_test", "Own test", "own test", "own tests";
        PublishedTest = "published_test", "Published test", "published test", "published tests";
        BeforeAfter = "before_after", "Before/after", "before/after comparison", "before/after comparisons";
    }
}

impl Kind {
    pub fn from_slug(slug: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The kind that these words name, by slug or by name.
    pub fn from_words(words: &str) -> Option<Kind> {
        let words = words.trim();
        Kind::ALL.into_iter().find(|kind| kind.slug() == words || kind.name().eq_ignore_ascii_case(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_the_serialised_names_and_lead_back() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.slug());
            assert_eq!(Kind::from_slug(kind.slug()), Some(kind));
            assert_eq!(Kind::from_words(kind.name()), Some(kind));
        }
        for class in Class::ALL {
            assert_eq!(serde_json::to_value(class).unwrap(), class.slug());
            assert_eq!(Class::from_slug(class.slug()), Some(class));
        }
    }

    #[test]
    fn counts_are_said_as_people_say_them() {
        assert_eq!(Kind::Analytics.counted(2), "two analytics findings");
        assert_eq!(Kind::Interview.counted(1), "one interview");
        assert_eq!(Kind::CommercialPriority.counted(12), "12 commercial priorities");
    }

    #[test]
    fn every_kind_belongs_to_one_class() {
        let sizes: Vec<usize> = Class::ALL.into_iter().map(|class| class.kinds().count()).collect();
        assert_eq!(sizes, [4, 4, 10, 4, 3]);
    }
}
