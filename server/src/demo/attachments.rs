//! What the demo company has attached: a table beside a finding, and how a running test's variants look.

use super::load::Loading;
use domain::activity::Subject;
use domain::attachments::AttachedTo;
use store::{Contribute, NewFile, StoreError};

const TODAY: &[u8] = include_bytes!("attachments/past-orders-today.png");
const ORDER_AGAIN: &[u8] = include_bytes!("attachments/past-orders-order-again.png");
const ERRORS: &[u8] = include_bytes!("attachments/errors-by-field.csv");

impl Loading<'_> {
    pub(super) async fn attachments(&self) -> Result<(), StoreError> {
        let (finding, test) = (self.number("e3")?, self.number("t30")?);
        let file = |name: &str, bytes: &[u8]| NewFile { name: name.to_owned(), bytes: bytes.to_vec() };
        let finding = AttachedTo::record(Subject::Evidence, finding);
        let analyst = self.scope::<Contribute>("sam@holm.example", 377).await?;
        analyst.attach(&finding, file("errors-by-field.csv", ERRORS)).await?;
        let lead = self.scope::<Contribute>("lead@holm.example", 5).await?;
        lead.attach(&AttachedTo::variant(test, "A"), file("past-orders-today.png", TODAY)).await?;
        lead.attach(&AttachedTo::variant(test, "B"), file("past-orders-order-again.png", ORDER_AGAIN)).await?;
        Ok(())
    }
}
