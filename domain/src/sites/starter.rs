//! The lists that a new site begins with. A lead edits them.

use super::{Direction, Family, MetricKind, Unit};

/// Slug and name of each area.
pub const STARTER_AREAS: [(&str, &str); 13] = [
    ("landing-page", "Landing page"),
    ("search", "Search and listing"),
    ("product-page", "Product page"),
    ("basket", "Basket"),
    ("checkout", "Checkout"),
    ("sign-up", "Sign-up"),
    ("pricing-page", "Pricing page"),
    ("onboarding", "Onboarding"),
    ("account", "Account"),
    ("navigation", "Navigation"),
    ("quote-request", "Quote request"),
    ("documents", "Documents"),
    ("dealer-locator", "Dealer locator"),
];

/// Slug and name of each audience.
pub const STARTER_AUDIENCES: [(&str, &str); 5] =
    [("new", "New"), ("returning", "Returning"), ("logged-in", "Logged in"), ("consumer", "Consumer"), ("trade", "Trade")];

/// Slug and name of each lever.
pub const STARTER_LEVERS: [(&str, &str); 12] = [
    ("clarity", "Clarity"),
    ("relevance", "Relevance"),
    ("trust", "Trust"),
    ("friction", "Friction"),
    ("motivation", "Motivation"),
    ("urgency", "Urgency"),
    ("findability", "Findability"),
    ("price-transparency", "Price transparency"),
    ("social-proof", "Social proof"),
    ("choice", "Choice"),
    ("speed", "Speed"),
    ("reassurance", "Reassurance"),
];

/// A metric of the starter catalogue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StarterMetric {
    pub slug: &'static str,
    pub name: &'static str,
    pub kind: MetricKind,
    pub unit: Unit,
    pub direction: Direction,
    pub family: Family,
}

const fn metric(slug: &'static str, name: &'static str, shape: (MetricKind, Unit, Direction), family: Family) -> StarterMetric {
    let (kind, unit, direction) = shape;
    StarterMetric { slug, name, kind, unit, direction, family }
}

type Shape = (MetricKind, Unit, Direction);
const SHARE: Shape = (MetricKind::Proportion, Unit::Share, Direction::Up);
const LESS_SHARE: Shape = (MetricKind::Proportion, Unit::Share, Direction::Down);
const MONEY: Shape = (MetricKind::Mean, Unit::Money, Direction::Up);
const LESS_MONEY: Shape = (MetricKind::Mean, Unit::Money, Direction::Down);
const COUNT: Shape = (MetricKind::Mean, Unit::Count, Direction::Up);
const LESS_COUNT: Shape = (MetricKind::Mean, Unit::Count, Direction::Down);
const LONGER: Shape = (MetricKind::Mean, Unit::Seconds, Direction::Up);
const SHORTER: Shape = (MetricKind::Mean, Unit::Seconds, Direction::Down);
const MONEY_EACH: Shape = (MetricKind::Ratio, Unit::Money, Direction::Up);
const COUNT_EACH: Shape = (MetricKind::Ratio, Unit::Count, Direction::Up);

use Family::{Behaviour, Commercial, Conversion, Experience};

/// The four families, goals of business customers included.
pub const STARTER_METRICS: [StarterMetric; 46] = [
    metric("conversion-rate", "Purchases per visitor", SHARE, Conversion),
    metric("quote-request", "Quote requests", SHARE, Conversion),
    metric("account-registration", "Account registrations", SHARE, Conversion),
    metric("sample-request", "Sample requests", SHARE, Conversion),
    metric("product-enquiry", "Product enquiries", SHARE, Conversion),
    metric("dealer-referral", "Dealer referrals", SHARE, Conversion),
    metric("document-download", "Document downloads", SHARE, Conversion),
    metric("branch-collection", "Branch collections", SHARE, Conversion),
    metric("trade-order", "Trade orders", SHARE, Conversion),
    metric("product-specification", "Products specified", SHARE, Conversion),
    metric("self-service-action", "Self-service actions", SHARE, Conversion),
    metric("repeat-order", "Repeat orders", SHARE, Conversion),
    metric("trial-start", "Trials started", SHARE, Conversion),
    metric("demo-booking", "Demos booked", SHARE, Conversion),
    metric("activation", "Activations", SHARE, Conversion),
    metric("form-submission", "Forms submitted", SHARE, Conversion),
    metric("e-mail-sign-up", "E-mail sign-ups", SHARE, Conversion),
    metric("add-to-basket", "Basket adds per visitor", SHARE, Conversion),
    metric("revenue-per-visitor", "Revenue per visitor", MONEY, Commercial),
    metric("average-order-value", "Average order value", MONEY_EACH, Commercial),
    metric("margin-per-visitor", "Margin per visitor", MONEY, Commercial),
    metric("basket-size", "Items per order", COUNT_EACH, Commercial),
    metric("customer-lifetime-value", "Customer lifetime value", MONEY, Commercial),
    metric("retention", "Retention", SHARE, Commercial),
    metric("repeat-purchase", "Repeat purchases", SHARE, Commercial),
    metric("return-rate", "Returns", LESS_SHARE, Commercial),
    metric("discount-share", "Orders with a discount", LESS_SHARE, Commercial),
    metric("cost-to-serve", "Cost to serve a visitor", LESS_MONEY, Commercial),
    metric("support-calls-avoided", "Support calls per visitor", LESS_COUNT, Commercial),
    metric("enquiry-quality", "Enquiries that qualify", SHARE, Commercial),
    metric("time-on-page", "Time on page", LONGER, Behaviour),
    metric("bounce-rate", "Bounce rate", LESS_SHARE, Behaviour),
    metric("exit-rate", "Exit rate", LESS_SHARE, Behaviour),
    metric("task-flow", "Visitors who follow the flow", SHARE, Behaviour),
    metric("pages-per-visit", "Pages per visit", COUNT, Behaviour),
    metric("page-speed", "Page load time", SHORTER, Experience),
    metric("site-structure", "Right first click", SHARE, Experience),
    metric("wording", "Visitors who misread a label", LESS_SHARE, Experience),
    metric("redirects", "Redirects per visit", LESS_COUNT, Experience),
    metric("task-success", "Task success", SHARE, Experience),
    metric("findability", "Items found", SHARE, Experience),
    metric("broken-links", "Broken links met per visit", LESS_COUNT, Experience),
    metric("satisfaction", "Satisfaction", COUNT, Experience),
    metric("form-errors", "Form errors per visitor", LESS_COUNT, Experience),
    metric("support-contact", "Visitors who contact support", LESS_SHARE, Experience),
    metric("searches-without-result", "Searches without a result", LESS_SHARE, Experience),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_slug;
    use std::collections::BTreeSet;

    #[test]
    fn slugs_are_good_and_unique() {
        let metrics: Vec<_> = STARTER_METRICS.iter().map(|metric| metric.slug).collect();
        let lists = [
            STARTER_AREAS.map(|(slug, _)| slug).to_vec(),
            STARTER_AUDIENCES.map(|(slug, _)| slug).to_vec(),
            STARTER_LEVERS.map(|(slug, _)| slug).to_vec(),
            metrics,
        ];
        for list in lists {
            assert!(list.iter().all(|slug| is_slug(slug)), "{list:?}");
            assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len());
        }
    }

    #[test]
    fn every_family_is_there() {
        for family in Family::ALL {
            assert!(STARTER_METRICS.iter().any(|metric| metric.family == family));
        }
    }
}
