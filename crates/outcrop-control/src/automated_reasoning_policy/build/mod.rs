//! What build workflows make of what they are given. The same is made of the same each time, so it is not kept but made again
//! when it is asked for.

mod apply;
mod edit;
mod fidelity;
mod log;
mod pdf;
mod quality;
mod scenario;
mod source;
mod test_cases;

pub(crate) use self::{
    fidelity::fidelity_report,
    log::Built,
    quality::quality_report,
    scenario::scenarios,
    source::{built, documents, text_of},
    test_cases::generated_test_cases,
};
