//! Rows of the plan form that repeat: variants, guard-rails, secondary metrics.

use super::plan_form::MetricOptions;
use crate::ui::{FieldNote, Icon};
use domain::errors::FieldErrors;
use domain::experiments::TestForm;
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The most variants that a plan compares.
const MOST: usize = 10;

/// Takes away variants of which nothing was typed but the key that the page gave them.
#[must_use]
pub fn without_blank_variants(mut form: TestForm) -> TestForm {
    let at = |list: &[String], row: usize| list.get(row).cloned().unwrap_or_default();
    let rows = form.variant_keys.len().max(form.variant_names.len());
    let typed = |row: &usize| {
        [&form.variant_names, &form.variant_shares, &form.variant_urls].into_iter().any(|list| !at(list, *row).trim().is_empty())
    };
    let kept: Vec<usize> = (0..rows).filter(typed).collect();
    let pick = |list: &[String]| kept.iter().map(|row| at(list, *row)).collect::<Vec<_>>();
    (form.variant_keys, form.variant_names, form.variant_shares, form.variant_urls) =
        (pick(&form.variant_keys), pick(&form.variant_names), pick(&form.variant_shares), pick(&form.variant_urls));
    form
}

/// "A", "B" … "J".
fn usual_key(row: usize) -> String {
    u32::try_from(row)
        .ok()
        .and_then(|row| char::from_digit(row + 10, 36))
        .map(|key| key.to_ascii_uppercase().to_string())
        .unwrap_or_default()
}

/// The variants; the first is the control.
#[component]
pub fn Variants(form: TestForm, errors: FieldErrors) -> impl IntoView {
    let filled = form.variant_keys.len().max(form.variant_names.len());
    let rows = filled.clamp(2, MOST);
    let general = errors.of("variants").map(str::to_owned);
    let views = (0..rows).map(|row| view! { <VariantRow row form=form.clone() errors=errors.clone() /> }).collect_view();
    let more = (rows < MOST).then(|| view! {
        <p class="actions"><button class="button small" name="then" value="add-variant" formnovalidate><Icon name="i-plus" />"Add a variant"</button></p>
    });
    view! {
        <fieldset class="form-section">
            <legend>"Variants"</legend>
            <p class="hint">"The first one is the control. Shares in percent; leave them empty for equal parts."</p>
            {views}
            <FieldNote error=general />
            {more}
        </fieldset>
    }
}

#[component]
fn VariantRow(row: usize, form: TestForm, errors: FieldErrors) -> impl IntoView {
    let at = |list: &[String]| list.get(row).cloned().unwrap_or_default();
    let key = Some(at(&form.variant_keys)).filter(|key| !key.is_empty()).unwrap_or_else(|| usual_key(row));
    let of = |part: &str| errors.of(&format!("variants.{row}.{part}")).map(str::to_owned);
    let (name, url, share) = (format!("variant-name-{row}"), format!("variant-url-{row}"), format!("variant-share-{row}"));
    let notes =
        ["key", "name", "share", "url"].into_iter().filter_map(of).map(|note| view! { <FieldNote error=Some(note) /> }).collect_view();
    let invalid = |part: &str| errors.of(&format!("variants.{row}.{part}")).map(|_| "true");
    view! {
        <div class="variant-row">
            <b>{key.clone()}</b>
            <input type="hidden" name="form[variant_keys][]" value=key />
            <div class="field"><label for=name.clone()>"Name"</label><input id=name name="form[variant_names][]" value=at(&form.variant_names) aria-invalid=invalid("name") autocomplete="off" /></div>
            <div class="field"><label for=url.clone()>"Link"</label><input id=url name="form[variant_urls][]" value=at(&form.variant_urls) placeholder="https://" aria-invalid=invalid("url") autocomplete="off" /></div>
            <div class="field"><label for=share.clone()>"Share, %"</label><input id=share name="form[variant_shares][]" inputmode="decimal" value=at(&form.variant_shares) aria-invalid=invalid("share") autocomplete="off" /></div>
        </div>
        {notes}
    }
}

/// Guard-rails, each with the largest harm accepted.
#[component]
pub fn GuardRails(form: TestForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let filled = form.guard_metrics.iter().filter(|metric| !metric.is_empty()).count();
    let rows = (0..(filled + 1).max(2))
        .map(|row| {
            let at = |list: &[String]| list.get(row).cloned().unwrap_or_default();
            let absolute = at(&form.guard_scales) == "absolute";
            let notes = ["metric", "margin", "scale"].into_iter().filter_map(|part| errors.of(&format!("guard_rails.{row}.{part}")));
            let notes = notes.map(|note| view! { <FieldNote error=Some(note.to_owned()) /> }).collect_view();
            let (metric, margin, scale) = (format!("Guard-rail {}", row + 1), format!("Largest harm accepted, guard-rail {}", row + 1), format!("Measured in, guard-rail {}", row + 1));
            view! {
                <li>
                    <select name="form[guard_metrics][]" aria-label=metric><option value="">"none"</option><MetricOptions catalogue=catalogue.clone() value=at(&form.guard_metrics) /></select>
                    <span class="with-unit">
                        <input name="form[guard_margins][]" class="visitors" inputmode="decimal" value=at(&form.guard_margins) aria-label=margin autocomplete="off" />
                        <select name="form[guard_scales][]" aria-label=scale>
                            <option value="relative" selected=!absolute>"% worse at most"</option>
                            <option value="absolute" selected=absolute>"worse at most, in its unit"</option>
                        </select>
                    </span>
                    {notes}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="field" id="guard_rails">
            <span class="label" id="guards">"Guard-rails, each with the largest harm accepted"</span>
            <ul class="catalogue simple" aria-labelledby="guards">{rows}</ul>
            <FieldNote error=errors.of("guard_rails").map(str::to_owned) />
        </div>
    }
}

/// Metrics that are watched beside the primary one.
#[component]
pub fn Secondary(form: TestForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let filled: Vec<String> = form.secondary_metrics.into_iter().filter(|metric| !metric.is_empty()).collect();
    let rows = (0..(filled.len() + 1).max(2))
        .map(|row| {
            let value = filled.get(row).cloned().unwrap_or_default();
            view! { <select name="form[secondary_metrics][]" aria-label=format!("Secondary metric {}", row + 1)><option value="">"none"</option><MetricOptions catalogue=catalogue.clone() value /></select> }
        })
        .collect_view();
    let notes: Vec<String> =
        errors.0.iter().filter(|error| error.field.starts_with("secondary_metrics")).map(|error| error.message.clone()).collect();
    let notes = notes.into_iter().map(|note| view! { <FieldNote error=Some(note) /> }).collect_view();
    view! {
        <div class="field" id="secondary_metrics">
            <span class="label">"Secondary metrics "<span class="optional">"optional"</span></span>
            <p class="hint">"A plan on a conversion watches a commercial metric too, such as revenue per visitor, or its start needs a reason"</p>
            <div class="field-row">{rows}</div>
            {notes}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_nothing_but_its_key_is_blank() {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        let form = TestForm {
            variant_keys: list(&["A", "B", "C"]),
            variant_names: list(&["Today", "", "Date"]),
            variant_shares: list(&["", "", ""]),
            ..TestForm::default()
        };
        let kept = without_blank_variants(form);
        assert_eq!((kept.variant_keys, kept.variant_names), (list(&["A", "C"]), list(&["Today", "Date"])));
    }

    #[test]
    fn variants_are_named_by_letters() {
        assert_eq!([usual_key(0), usual_key(1), usual_key(9)], ["A", "B", "J"]);
    }
}
