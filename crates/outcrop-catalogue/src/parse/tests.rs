use super::*;
use crate::capability::{ContentKind, ToolSupport};
use crate::filter::ModelFilter;
use crate::vocabulary::{Api, InferenceType, Modality};

const BASE: &str = r#"
[geography.us]
name = "US"
sources = ["us-"]
regions = ["us-east-1", "us-west-2"]

[family.chat]
provider = "Acme"
input = ["TEXT"]
output = ["TEXT"]
api = "chat"
streaming = true
converse = true
tools = "all"

[[model]]
id = "acme.one-v1:0"
name = "One"
like = "chat"
profiles = ["us"]
profile_label = "Acme One"

[[model]]
id = "acme.two-v1:0"
name = "Two"
like = "chat"
tools = "none"
max_output_tokens = 100
"#;

fn base() -> Catalogue {
    Catalogue::default()
        .extended_with(BASE)
        .expect("the base file is right")
}

fn error_of(text: &str) -> String {
    base().extended_with(text).expect_err(text).to_string()
}

#[test]
fn a_model_says_more_than_its_family() {
    let catalogue = base();
    let (one, two) = (
        catalogue.model("acme.one-v1:0").unwrap(),
        catalogue.model("acme.two-v1:0").unwrap(),
    );
    assert_eq!(
        (one.provider.as_str(), one.streams(), one.capabilities.tools),
        ("Acme", true, ToolSupport::All)
    );
    assert_eq!(
        (two.capabilities.tools, two.capabilities.max_output_tokens),
        (ToolSupport::None, Some(100))
    );
    assert_eq!(
        (&*one.input, one.capabilities.api),
        (&[Modality::Text][..], Api::Chat)
    );
}

#[test]
fn an_entry_changes_a_known_model_in_its_place() {
    let changed = base()
        .extended_with("[[model]]\nid = \"acme.one-v1:0\"\nimages = true")
        .unwrap();
    let one = changed.model("acme.one-v1:0").unwrap();
    assert_eq!(one.capabilities.check_content(ContentKind::Image), Ok(()));
    assert_eq!(one.name, "One");
    let ids: Vec<_> = changed
        .models(ModelFilter::default())
        .map(|model| model.id.as_str())
        .collect();
    assert_eq!(ids, ["acme.one-v1:0", "acme.two-v1:0"]);
}

#[test]
fn an_entry_can_start_from_a_known_model() {
    let text = "[[model]]\nid = \"acme.three\"\nlike = \"acme.one-v1:0\"\nname = \"Three\"\ninference_types = [\"ON_DEMAND\"]";
    let catalogue = base().extended_with(text).unwrap();
    let three = catalogue.model("acme.three").unwrap();
    assert_eq!(
        (three.name.as_str(), &*three.inference_types),
        ("Three", &[InferenceType::OnDemand][..])
    );
    // It has the profiles of its example, under its own name.
    assert_eq!(catalogue.profile("us.acme.three").unwrap().name, "US Three");
}

#[test]
fn a_geography_can_be_added_and_changed() {
    let text = "[geography.mars]\nname = \"Mars\"\nsources = [\"mars-\"]\n[[model]]\nid = \"acme.two-v1:0\"\nprofiles = [\"mars\"]\n\
                [geography.us]\nname = \"U.S.\"\nsources = [\"us-\"]\nregions = [\"us-east-9\"]";
    let catalogue = base().extended_with(text).unwrap();
    assert_eq!(
        catalogue.profile("mars.acme.two-v1:0").unwrap().name,
        "Mars Two"
    );
    let one = catalogue.profile("us.acme.one-v1:0").unwrap();
    assert_eq!(
        (one.name.as_str(), one.regions.as_slice()),
        ("U.S. Acme One", &["us-east-9".to_owned()][..])
    );
}

#[test]
fn the_original_stays_as_it_was() {
    let catalogue = base();
    let _ = catalogue
        .extended_with("[[model]]\nid = \"acme.one-v1:0\"\nname = \"Other\"")
        .unwrap();
    assert_eq!(catalogue.model("acme.one-v1:0").unwrap().name, "One");
}

#[test]
fn errors_name_the_entry_and_the_field() {
    let cases: [(&str, &[&str]); 13] = [
        ("[[model]]\nname = \"x\"", &["model number 1", "`id`"]),
        ("[[model]]\nid = 7", &["model number 1", "integer", "`id`"]),
        (
            "[[model]]\nid = \"a.b\"",
            &["model \"a.b\"", "`name`", "like"],
        ),
        (
            "[[model]]\nid = \"a.b\"\nlike = \"chat\"\nname = \"b\"",
            &["model \"a.b\"", "`like`", "\"chat\""],
        ),
        (
            "[[model]]\nid = \"acme.one-v1:0\"\nimages = \"yes\"",
            &["model \"acme.one-v1:0\"", "images", "boolean"],
        ),
        (
            "[[model]]\nid = \"acme.one-v1:0\"\nimage = true",
            &["model \"acme.one-v1:0\"", "`image`", "`images`"],
        ),
        (
            "[[model]]\nid = \"acme.one-v1:0\"\ninput = [\"TASTE\"]",
            &["model \"acme.one-v1:0\"", "TASTE", "input"],
        ),
        (
            "[[model]]\nid = \"acme.one-v1:0\"\nprofiles = [\"mars\"]",
            &["model \"acme.one-v1:0\"", "`profiles`", "\"mars\""],
        ),
        (
            "[[model]]\nid = \"acme.one-v1:0\"\nprofile_regions.mars = []",
            &["model \"acme.one-v1:0\"", "`profile_regions`", "\"mars\""],
        ),
        (
            "[[model]]\nid = \"acme.one-v1:0\"\n[[model]]\nid = \"acme.one-v1:0\"",
            &["model \"acme.one-v1:0\"", "two entries"],
        ),
        ("[family.f]\nid = \"a.b\"", &["family \"f\"", "`id`"]),
        (
            "[geography.mars]\nname = \"Mars\"",
            &["geography \"mars\"", "sources"],
        ),
        ("[models]", &["models"]),
    ];
    for (text, fragments) in cases {
        let message = error_of(text);
        for fragment in fragments {
            assert!(
                message.contains(fragment),
                "{fragment:?} is not in {message:?} of {text:?}"
            );
        }
    }
}

#[test]
fn a_mapped_arn_needs_a_form_and_a_target() {
    let arn = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine";
    assert!(
        base()
            .extended_with(&format!("[arns]\n{arn:?} = \"us.acme.one-v1:0\""))
            .is_ok()
    );
    assert!(error_of(&format!("[arns]\n{arn:?} = \"acme.none\"")).contains("acme.none"));
    assert!(error_of("[arns]\n\"mine\" = \"acme.one-v1:0\"").contains("\"mine\""));
}
