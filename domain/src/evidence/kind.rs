//! The kinds of evidence, and the five classes that weigh them.

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
    ($($class:ident { $($name:ident = $slug:literal, $words:literal;)+ })+) => {
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
        StakeholderInput = "stakeholder_input", "Stakeholder input";
        CommercialPriority = "commercial_priority", "Commercial priority";
        CompetitorCopy = "competitor_copy", "Competitor or pattern copy";
        BestPractice = "best_practice", "Best practice";
    }
    CustomerVoice {
        Survey = "survey", "Survey";
        SupportLog = "support_log", "Support log";
        SalesFeedback = "sales_feedback", "Sales feedback";
        ReviewMining = "review_mining", "Review mining";
    }
    Behaviour {
        Analytics = "analytics", "Analytics";
        Heatmap = "heatmap", "Heatmap";
        EyeTracking = "eye_tracking", "Eye tracking";
        SessionRecording = "session_recording", "Session recording";
        SearchLog = "search_log", "Search log";
        FormAnalytics = "form_analytics", "Form analytics";
        CheckoutReview = "checkout_review", "Checkout review";
        ProductContentAnalysis = "product_content_analysis", "Product content analysis";
        MerchandisingInsight = "merchandising_insight", "Merchandising insight";
        BehaviouralSignal = "behavioural_signal", "Behavioural signal";
    }
    UserResearch {
        UserTest = "user_test", "User test";
        Interview = "interview", "Interview";
        UsabilityReview = "usability_review", "Usability review";
        AccessibilityAudit = "accessibility_audit", "Accessibility audit";
    }
    Test {
        OwnTest = "own_test", "Own test";
        PublishedTest = "published_test", "Published test";
        BeforeAfter = "before_after", "Before/after";
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
    fn every_kind_belongs_to_one_class() {
        let sizes: Vec<usize> = Class::ALL.into_iter().map(|class| class.kinds().count()).collect();
        assert_eq!(sizes, [4, 4, 10, 4, 3]);
    }
}
