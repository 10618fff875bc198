//! What each column becomes: a form whose address is the mapping.

use super::server_fns::ShownFile;
use crate::frame::Frame;
use crate::ui::{Choice, Field, SelectField};
use domain::transfer::{Column, Field as Part, Format};
use leptos::prelude::*;

/// How the file was read, and the choices that a person has.
#[component]
pub fn MappingForm(frame: Frame, file: ShownFile) -> impl IntoView {
    let dated = file.columns.iter().any(|column| column.field.is_dated());
    let day_first = match file.mapping.day_first {
        Some(true) => "day",
        Some(false) => "month",
        None => "",
    };
    let days = vec![Choice::new("day", "03/04 is the 3rd of April"), Choice::new("month", "03/04 is the 4th of March")];
    let read = read_as(&file);
    let format = file.format;
    let other = match format {
        Format::Evidence => (Format::Backlog, "Read the rows as hypotheses"),
        Format::Backlog | Format::Arms => (Format::Evidence, "Read the rows as evidence"),
    };
    let elsewhere = format!("{}?upload={}&as={}", frame.to("import/preview"), crate::frame::encode(&file.upload), other.0.slug());
    let rescales = file.rescales;
    let note = |name: &str| rescales.iter().find(|rescale| rescale.column == name).map(|rescale| rescale.message.clone());
    let columns = file.columns.into_iter().enumerate();
    let rows = columns
        .map(|(index, column)| {
            let name = column_name(index, &column);
            let note = note(&name).unwrap_or_default();
            view! { <ColumnRow index name column note format /> }
        })
        .collect_view();
    view! {
        <form class="form" method="get" action=frame.to("import/preview")>
            <input type="hidden" name="upload" value=file.upload />
            <input type="hidden" name="as" value=format.slug() />
            <input type="hidden" name="was" value=file.header_line.to_string() />
            <section class="mapping" aria-labelledby="map-title">
                <header class="section-head"><h2 id="map-title">"Columns"</h2><p>{read}</p></header>
                <div class="table-wrap">
                    <table class="table stacks compact">
                        <caption class="visually-hidden">"How columns are mapped"</caption>
                        <thead><tr><th scope="col">"Column"</th><th scope="col">"First values"</th><th scope="col">"Becomes"</th><th scope="col">"Note"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
            <div class="field-row">
                <Field id="header" name="header" label="Header line" inputmode="numeric" value=file.header_line.to_string() hint="0 if the file has none" />
                {dated.then(|| view! { <SelectField id="days" name="days" label="Dates" choices=days value=day_first blank="As the file suggests" hint="Where day and month cannot be told apart" /> })}
            </div>
            <p class="actions"><button class="button">"Preview again"</button><a class="button quiet" href=elsewhere>{other.1}</a></p>
        </form>
    }
}

fn read_as(file: &ShownFile) -> String {
    let delimiter = match file.delimiter {
        '\t' => "tabs".to_owned(),
        ',' => "commas".to_owned(),
        ';' => "semicolons".to_owned(),
        other => format!("“{other}”"),
    };
    let header = if file.header_line == 0 { "no header".to_owned() } else { format!("header on line {}", file.header_line) };
    if file.encoding.is_empty() { header } else { format!("{}, separated by {delimiter}, {header}", file.encoding.to_uppercase()) }
}

fn column_name(index: usize, column: &Column) -> String {
    let name = domain::text::one_line(&column.header);
    if name.is_empty() { format!("Column {}", index + 1) } else { name }
}

#[component]
fn ColumnRow(index: usize, name: String, column: Column, note: String, format: Format) -> impl IntoView {
    let parts = Part::of(format).into_iter();
    let options =
        parts.map(|part| view! { <option value=part.slug() selected=part == column.field>{part.name_in(format)}</option> }).collect_view();
    let label = format!("{name} becomes");
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="sample">{column.samples.join(" · ")}</td>
            <td><select name=format!("c{index}") aria-label=label>{options}</select></td>
            <td class="muted">{note}</td>
        </tr>
    }
}
