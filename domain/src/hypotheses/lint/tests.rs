use super::*;
use crate::hypotheses::Effect;
use crate::sites::Direction;

fn whole() -> Linted {
    Linted {
        statement: Statement {
            because: Some("31% of listing exits follow three or more filter changes".into()),
            change: Some("adding an “in stock at my branch” filter".into()),
            audience: Some("trade buyers".into()),
            effect: Some(Effect { metric: "orders".into(), direction: Direction::Up, low: Some(0.02), high: Some(0.05) }),
            lever: None,
            reason: None,
            measure: Some("orders per visitor differ after 3 full weeks".into()),
        },
        on_device: true,
        guard_rails: vec!["returns".into()],
        supports: 2,
        contradicts: 0,
    }
}

fn status(linted: &Linted, check: Check) -> Status {
    linted.lint(None).findings.into_iter().find(|finding| finding.check == check).unwrap().status
}

fn changed(change: impl FnOnce(&mut Linted)) -> Linted {
    let mut linted = whole();
    change(&mut linted);
    linted
}

#[test]
fn a_whole_hypothesis_passes_every_check() {
    let lint = whole().lint(None);
    assert!(lint.findings.iter().all(|finding| finding.passes() && finding.mend.is_none()), "{lint:?}");
    assert_eq!((lint.readiness.passed, lint.readiness.of), (10, 10));
}

#[test]
fn an_empty_one_passes_none_and_every_finding_says_how_to_mend_it() {
    let lint = Linted::default().lint(Some("Orders per visitor"));
    assert_eq!((lint.readiness.passed, lint.readiness.of), (0, 10));
    assert!(lint.findings.iter().all(|finding| finding.status == Status::Fail && finding.mend.is_some()));
    let measure = lint.findings.iter().find(|finding| finding.check == Check::Measure).unwrap();
    assert_eq!(measure.suggestion.as_deref(), Some("orders per visitor differs after 2 full weeks"));
}

#[test]
fn several_changes_are_told_from_one_that_has_an_and() {
    for (change, several) in [
        ("adding reviews and removing the banner", true),
        ("show stock, hide prices", true),
        ("cutting the form to 3 fields and moving the button up", true),
        ("we add a badge & then send an e-mail", true),
        ("asking for name and address on one page", false),
        ("adding delivery costs and dates to the product page", false),
        ("a shorter form", false),
        ("add size, colour and material filters", false),
        ("use", false),
    ] {
        let found = status(&changed(|linted| linted.statement.change = Some(change.into())), Check::OneChange);
        assert_eq!(found == Status::Warn, several, "{change}");
    }
}

#[test]
fn what_is_doubtful_is_a_warning() {
    let effect = |low, high| Effect { metric: "orders".into(), direction: Direction::Up, low, high };
    for (linted, check) in [
        (changed(|linted| linted.statement.because = Some("We think it looks old.".into())), Check::Reason),
        (changed(|linted| linted.statement.because = Some("it is best practice".into())), Check::Reason),
        (changed(|linted| (linted.supports, linted.contradicts) = (0, 1)), Check::Evidence),
        (changed(|linted| linted.statement.effect = Some(effect(Some(0.0), Some(0.05)))), Check::Falsifiable),
        (changed(|linted| linted.statement.change = Some("adding a badge that might help".into())), Check::Falsifiable),
        (changed(|linted| linted.statement.measure = Some("orders rise".into())), Check::Measure),
        (changed(|linted| linted.guard_rails = vec!["orders".into()]), Check::GuardRail),
    ] {
        assert_eq!(status(&linted, check), Status::Warn, "{check:?}");
        assert_eq!(linted.lint(None).readiness.passed, 9, "{check:?}");
    }
}

#[test]
fn a_measure_names_a_duration_in_many_ways() {
    for (measure, named) in [
        ("orders differ after two weeks", true),
        ("after 14 days", true),
        ("after a 14-day test", true),
        ("nach 3 vollen Wochen", true),
        ("sign-ups among 20,000 visitors", true),
        ("orders per visitor", false),
        ("the week looks good", false),
    ] {
        let found = status(&changed(|linted| linted.statement.measure = Some(measure.into())), Check::Measure);
        assert_eq!(found == Status::Pass, named, "{measure}");
    }
}

#[test]
fn a_half_filled_form_is_read_as_far_as_it_goes() {
    let form = HypothesisForm {
        metric: "orders".into(),
        low: "2 %".into(),
        high: "x".into(),
        devices: vec!["mobile".into()],
        ..HypothesisForm::default()
    };
    let linted = Linted::form(&form, 1, 0);
    let passed: Vec<Check> = linted.lint(None).findings.into_iter().filter(Finding::passes).map(|finding| finding.check).collect();
    assert_eq!(passed, [Check::Evidence, Check::Metric, Check::Size, Check::Falsifiable, Check::Device]);
}
