//! A row's form part by part, in words, for two versions side by side.

use crate::activity::Shown;
use domain::signals::{Devices, SignalForm};
use domain::sites::Catalogue;

/// Every part by its name on the form.
pub fn shown(form: &SignalForm, catalogue: &Catalogue) -> Vec<Shown> {
    let site = catalogue.site(&form.site).map_or(form.site.as_str(), |one| one.site.name.as_str());
    let device = Devices::from_slug(&form.device).map_or(form.device.as_str(), |devices| devices.name());
    let count = |raw: &String| raw.replace(',', "");
    vec![
        ("Page", form.page.clone()),
        ("Path", form.path.clone()),
        ("Site", site.to_owned()),
        ("Area", catalogue.area_name(&form.area).to_owned()),
        ("Device", device.to_owned()),
        ("First day", form.from.clone()),
        ("Last day", form.to.clone()),
        ("Visits", count(&form.visits)),
        ("Exits", count(&form.exits)),
        ("Hesitation", count(&form.hesitation)),
        ("Scroll loop", count(&form.scroll_loop)),
        ("Exit intent", count(&form.exit_intent)),
    ]
}
