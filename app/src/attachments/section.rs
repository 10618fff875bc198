//! The sections of the pages: attachments of a hypothesis or of evidence, and screenshots of a test's variants.

use super::server_fns::Attachments;
use super::shelf::Shelf;
use crate::frame::Frame;
use crate::ui::plural;
use domain::access::Permission;
use domain::activity::Subject;
use domain::attachments::AttachedTo;
use domain::experiments::Test;
use leptos::prelude::*;

/// The section of a hypothesis or of evidence; nothing for readers of a record without any.
#[component]
pub fn AttachmentsSection(
    frame: Frame,
    about: (Subject, String),
    attachments: Attachments,
    /// On a form page files are pasted or dropped: sending another form would leave what is typed.
    #[prop(optional)]
    editing: bool,
) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let there = attachments.items.iter().filter(|one| !one.archived).count() as u64;
    if !may && there == 0 {
        return ().into_any();
    }
    let class = if editing { "section attachments needs-script" } else { "attachments" };
    let counted = (there > 0 && !editing).then(|| view! { <p>{plural(there, "file", "files")}</p> });
    let to = AttachedTo::record(about.0, &about.1);
    view! {
        <section id="attachments" class=class aria-labelledby="attachments-title">
            <header class="section-head"><h2 id="attachments-title">"Attachments"</h2>{counted}</header>
            <Shelf frame to attachments id="attached".to_owned() editing />
        </section>
    }
    .into_any()
}

/// The section of a test: how each variant looks.
#[component]
pub fn Screenshots(frame: Frame, test: Test, attachments: Attachments) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let any = attachments.items.iter().any(|one| !one.archived);
    if test.plan.variants.is_empty() && attachments.items.is_empty() || !may && !any {
        return ().into_any();
    }
    let mut groups: Vec<(String, String)> =
        test.plan.variants.iter().map(|one| (one.key.clone(), format!("{}: {}", one.key, one.name))).collect();
    // A variant that was taken out of the plan leaves its screenshots.
    for key in attachments.items.iter().filter_map(|one| one.variant.as_ref()) {
        if !groups.iter().any(|(known, _)| known == key) {
            groups.push((key.clone(), format!("{key}, no longer in the plan")));
        }
    }
    let planned = test.plan.variants.len();
    let shelves = groups
        .into_iter()
        .enumerate()
        .map(|(index, (key, name))| {
            let to = AttachedTo::variant(&test.number, &key);
            let here = attachments.of(&to);
            let (id, closed) = (format!("shots-{index}"), index >= planned);
            view! { <div class="variant-shots"><h3>{name}</h3><Shelf frame=frame.clone() to attachments=here id closed /></div> }
        })
        .collect_view();
    view! {
        <section id="screenshots" class="attachments" aria-labelledby="screenshots-title">
            <header class="section-head"><h2 id="screenshots-title">"Screenshots"</h2><p>"how each variant looks"</p></header>
            <div class="shots-by-variant">{shelves}</div>
        </section>
    }
    .into_any()
}
