use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// Makes an instance for `prompt`, and has an independent validator confirm it.
fn make(schema: &Value, prompt: &str) -> Value {
    let value = instance(schema, &Hints::new(prompt, 7))
        .unwrap_or_else(|error| panic!("{error}: {schema}"));
    confirm(schema, &value);
    value
}

fn confirm(schema: &Value, value: &Value) {
    confirm_with(schema, value, true);
}

fn confirm_with(schema: &Value, value: &Value, formats: bool) {
    let validator = jsonschema::options()
        .should_validate_formats(formats)
        .build(schema)
        .unwrap();
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|error| error.to_string())
        .collect();
    assert!(
        errors.is_empty(),
        "{value} does not satisfy {schema}: {errors:?}"
    );
}

fn refuse(schema: &Value) -> SchemaError {
    instance(schema, &Hints::new("", 7)).unwrap_err()
}

#[test]
fn tools_get_arguments_from_the_prompt() {
    let schema = json!({
        "type": "object",
        "properties": {
            "city": {"type": "string", "description": "The city"},
            "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
            "days": {"type": "integer", "minimum": 1, "maximum": 14},
        },
        "required": ["city"],
        "additionalProperties": false,
    });
    assert_eq!(
        make(
            &schema,
            "What's the weather in Paris for 5 days, in Fahrenheit?"
        ),
        json!({"city": "Paris", "unit": "fahrenheit", "days": 5})
    );
    let search = json!({"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]});
    assert_eq!(
        make(&search, "Find me  a hotel"),
        json!({"query": "Find me a hotel"})
    );
}

#[test]
fn the_same_request_gets_the_same_instance() {
    let schema =
        json!({"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "array"}}});
    assert_eq!(make(&schema, "x"), make(&schema, "x"));
}

#[test]
fn values_that_the_schema_names_come_first() {
    assert_eq!(make(&json!({"const": {"a": [1]}}), ""), json!({"a": [1]}));
    assert_eq!(
        make(
            &json!({"type": "string", "default": "d", "examples": ["e"]}),
            ""
        ),
        json!("d")
    );
    assert_eq!(
        make(&json!({"type": "string", "examples": [1, "e"]}), ""),
        json!("e")
    );
    assert_eq!(
        make(&json!({"type": "string", "default": 5, "minLength": 3}), ""),
        json!("sample text")
    );
    assert_eq!(
        make(&json!({"enum": ["a", "b", "c"], "default": "c"}), ""),
        json!("c")
    );
    assert_eq!(
        make(&json!({"enum": ["a", "b", "c"], "default": "c"}), "take b"),
        json!("b")
    );
    assert_eq!(
        make(&json!({"enum": [1, "b", null], "type": "string"}), ""),
        json!("b")
    );
}

#[test]
fn scalars_obey_their_constraints() {
    for schema in [
        json!({"type": "integer", "minimum": 5, "maximum": 5}),
        json!({"type": "integer", "exclusiveMinimum": 4, "exclusiveMaximum": 6}),
        json!({"type": "integer", "minimum": -7, "maximum": -3, "multipleOf": 3}),
        json!({"type": "integer", "multipleOf": 0.5, "minimum": 3}),
        json!({"type": "integer", "minimum": 9_007_199_254_740_993_u64, "maximum": 9_007_199_254_740_993_u64}),
        json!({"type": "integer", "minimum": 18_446_744_073_709_551_615_u64}),
        json!({"type": "integer", "allOf": [{"multipleOf": 6}, {"multipleOf": 10}], "minimum": 31}),
        json!({"type": "number", "minimum": 0, "maximum": 1}),
        json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001}),
        json!({"type": "number", "maximum": -1e9}),
        json!({"type": "number", "minimum": 1e300}),
        json!({"type": "number", "multipleOf": 0.01, "minimum": 3.15}),
        json!({"type": "number", "multipleOf": 0.01, "maximum": -2.5}),
        json!({"type": "string", "minLength": 40, "maxLength": 41}),
        json!({"type": "string", "maxLength": 0}),
        json!({"type": "string", "pattern": "^[a-z]*$", "minLength": 100}),
        json!({"type": "string", "pattern": "[0-9]", "minLength": 20}),
        json!({"type": "string", "pattern": "^[A-Z]{2}\\d+$", "maxLength": 3}),
        json!({"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "^a.*$"}]}),
        json!({"type": ["null", "string"]}),
        json!({"type": "boolean", "not": {"const": true}}),
        json!({"type": "string", "not": {"enum": ["sample text"]}}),
        json!({"not": {"type": "string"}}),
        json!({}),
        json!(true),
    ] {
        make(&schema, "");
        make(&schema, "Between 4 and 6 of \"Something\", or 0.5");
    }
}

#[test]
fn formats_are_real() {
    for format in [
        "date-time",
        "date",
        "time",
        "duration",
        "email",
        "idn-email",
        "uri",
        "iri",
        "uri-reference",
        "iri-reference",
        "uri-template",
        "hostname",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "uuid",
        "json-pointer",
        "relative-json-pointer",
        "regex",
        "unknown",
    ] {
        let schema = json!({"type": "string", "format": format});
        make(&schema, "");
        make(
            &schema,
            "Write to bob@x.com, a@b, http://x.y/z?a=b and https://[ on 2024-05-06 or 2024-13-99.",
        );
    }
    let mail = json!({"type": "string", "format": "email"});
    assert_eq!(make(&mail, "Write to bob@x.com."), json!("bob@x.com"));
    assert_eq!(
        make(&json!({"format": "date"}), "On 2024-05-06."),
        json!("2024-05-06")
    );
}

#[test]
fn containers_obey_their_constraints() {
    for schema in [
        json!({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": true}),
        json!({"type": "array", "items": {"enum": ["a", "b", "c"]}, "minItems": 3, "uniqueItems": true}),
        json!({"type": "array", "items": {"type": "boolean"}, "uniqueItems": true}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}], "items": false}),
        json!({"type": "array", "contains": {"const": 5}, "minContains": 2, "items": {"type": "integer"}}),
        json!({"type": "array", "maxItems": 0}),
        json!({"type": "array", "minItems": 4, "uniqueItems": true,
            "items": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}}),
        json!({"type": "object", "minProperties": 3, "additionalProperties": {"type": "integer"}}),
        json!({"type": "object", "additionalProperties": {"type": "string"}}),
        json!({"type": "object", "required": ["a", "b"]}),
        json!({"type": "object", "patternProperties": {"^x-[a-z]+$": {"type": "integer"}}, "minProperties": 2,
            "additionalProperties": false}),
        json!({"type": "object", "propertyNames": {"pattern": "^[A-Z]{3,9}$"}, "minProperties": 2}),
        json!({"type": "object", "propertyNames": {"enum": ["one", "two"]}, "minProperties": 2}),
        json!({"type": "object", "maxProperties": 1, "properties": {"a": true, "b": true, "c": true}, "required": ["c"]}),
        json!({"properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "dependentRequired": {"a": ["z"]}}),
        json!({"type": "object", "properties": {"a": false, "b": {"type": "null"}}}),
    ] {
        make(&schema, "");
    }
    let map = make(
        &json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        "",
    );
    assert_eq!(map.as_object().unwrap().len(), 1);
}

#[test]
fn combinations_are_resolved() {
    for schema in [
        json!({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
        json!({"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}),
        json!({"anyOf": [{"type": "string", "maxLength": 2}, {"type": "integer"}], "type": "integer"}),
        json!({"allOf": [{"properties": {"a": {"type": "integer"}}}, {"required": ["a"], "type": "object"}]}),
        json!({"anyOf": [false, {"const": 1}]}),
        json!({"type": "object", "properties": {"kind": {"enum": ["x", "y"]}}, "required": ["kind"],
            "if": {"properties": {"kind": {"const": "x"}}}, "then": {"required": ["for_x"]}, "else": {"required": ["for_y"]}}),
        json!({"if": {"type": "string"}, "then": false, "else": {"type": "integer"}}),
        json!({"oneOf": [
            {"type": "object", "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}, "required": ["kind"]},
            {"type": "object", "properties": {"kind": {"const": "dog"}}, "required": ["kind"]}]}),
    ] {
        make(&schema, "");
    }
    let optional = json!({"anyOf": [{"type": "null"}, {"type": "string"}]});
    assert_eq!(make(&optional, ""), json!("sample text"));
}

#[test]
fn references_recurse_only_as_far_as_needed() {
    let tree = json!({
        "$ref": "#/$defs/node",
        "$defs": {"node": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "parent": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
                "left": {"$ref": "#/$defs/node"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
            },
            "required": ["name", "parent"],
        }},
    });
    assert_eq!(
        make(&tree, ""),
        json!({"name": "sample name", "parent": null})
    );
    let list = json!({
        "definitions": {"list": {"oneOf": [
            {"type": "object", "properties": {"head": {"type": "integer"}, "tail": {"$ref": "#/definitions/list"}},
             "required": ["head", "tail"], "additionalProperties": false},
            {"type": "null"}]}},
        "$ref": "#/definitions/list",
    });
    make(&list, "");
    make(
        &json!({"type": "object", "properties": {"self": {"$ref": "#"}}}),
        "",
    );
    // Circles without content constrain nothing.
    assert!(instance(&json!({"$ref": "#"}), &Hints::new("", 0)).is_ok());
    assert!(
        instance(
            &json!({"allOf": [{"$ref": "#"}], "type": "integer"}),
            &Hints::new("", 0)
        )
        .is_ok()
    );
}

#[test]
fn what_cannot_be_done_is_an_error() {
    use SchemaError::{NotASchema, Pattern, RemoteRef, TooComplex, UnknownRef, Unsatisfiable};
    assert_eq!(refuse(&json!(false)), Unsatisfiable);
    assert_eq!(
        refuse(&json!({"type": "integer", "minimum": 5, "maximum": 4})),
        Unsatisfiable
    );
    assert_eq!(
        refuse(&json!({"allOf": [{"type": "string"}, {"type": "integer"}]})),
        Unsatisfiable
    );
    assert_eq!(refuse(&json!({"enum": []})), Unsatisfiable);
    assert_eq!(
        refuse(&json!({"type": "string", "enum": [1]})),
        Unsatisfiable
    );
    assert_eq!(
        refuse(&json!({"type": "string", "minLength": 5, "maxLength": 4})),
        Unsatisfiable
    );
    assert_eq!(
        refuse(&json!({"type": "object", "required": ["a"], "additionalProperties": false})),
        Unsatisfiable
    );
    assert_eq!(
        refuse(
            &json!({"type": "array", "minItems": 3, "uniqueItems": true, "items": {"type": "boolean"}})
        ),
        Unsatisfiable
    );
    assert_eq!(
        refuse(
            &json!({"$ref": "#/$defs/x", "$defs": {"x": {"type": "object", "required": ["x"],
        "properties": {"x": {"$ref": "#/$defs/x"}}}}})
        ),
        TooComplex
    );
    assert!(matches!(
        refuse(&json!({"$ref": "https://example.com/schema"})),
        RemoteRef(_)
    ));
    assert!(matches!(
        refuse(&json!({"$ref": "#/$defs/x"})),
        UnknownRef(_)
    ));
    assert!(matches!(
        refuse(&json!({"type": "string", "pattern": "(?=a)b"})),
        Pattern(_)
    ));
    assert_eq!(
        refuse(&json!({"type": "string", "minLength": 1_000_000_000})),
        TooComplex
    );
    assert_eq!(
        refuse(&json!({"type": "array", "minItems": 1_000_000_000})),
        TooComplex
    );
    assert_eq!(refuse(&json!([])), NotASchema);
    // Every object needs two more: nothing ends, and every way is tried before that is known.
    assert!(instance(&json!({"$ref": "#/$defs/x", "$defs": {"x": {"anyOf": [
        {"type": "object", "required": ["a", "b"], "properties": {"a": {"$ref": "#/$defs/x"}, "b": {"$ref": "#/$defs/x"}}},
        {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/x"}}]}}}), &Hints::new("", 0)).is_err());
}

#[test]
fn the_search_is_bounded() {
    let values: Vec<_> = (0..9_000).collect();
    assert_eq!(make(&json!({"enum": values}), ""), json!(0));
    assert_eq!(
        refuse(&json!({"enum": values, "type": "string"})),
        SchemaError::TooComplex
    );
    let values: Vec<_> = (0..20_000).collect();
    assert_eq!(refuse(&json!({"enum": values})), SchemaError::TooComplex);
    let huge = json!({"allOf": [{"multipleOf": 18_446_744_073_709_551_557_u64}, {"multipleOf": 9_223_372_036_854_775_783_u64}],
        "type": "integer"});
    assert_eq!(refuse(&huge), SchemaError::Unsatisfiable);
}

/// Anything at all under the keywords' names.
fn nonsense() -> impl Strategy<Value = Value> {
    const KEYWORDS: &[&str] = &[
        "type",
        "enum",
        "const",
        "default",
        "examples",
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "items",
        "prefixItems",
        "contains",
        "minContains",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "anyOf",
        "oneOf",
        "allOf",
        "not",
        "if",
        "then",
        "else",
        "$ref",
        "dependentRequired",
        "dependentSchemas",
    ];
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-3_i64..4).prop_map(Value::from),
        prop::sample::select(vec![
            "string", "object", "array", "integer", "number", "null", "#", "#/not", "date", "^a",
            "("
        ])
        .prop_map(Value::from),
        ".{0,5}".prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 30, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(KEYWORDS), inner), 0..4).prop_map(
                |members| members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()
            ),
        ]
    })
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(true)),
        Just(json!({"type": "boolean"})),
        Just(json!({"type": "null"})),
        (-50_i64..50, 0_i64..50, 1_i64..9, any::<bool>()).prop_map(|(low, span, step, grid)| {
            let mut schema =
                json!({"type": "integer", "minimum": low, "maximum": low + span + step});
            if grid {
                schema["multipleOf"] = json!(step);
            }
            schema
        }),
        (-50.0..50.0_f64, 0.1..50.0_f64, any::<bool>()).prop_map(|(low, span, open)| {
            let (from, to) = if open {
                ("exclusiveMinimum", "exclusiveMaximum")
            } else {
                ("minimum", "maximum")
            };
            json!({"type": "number", from: low, to: low + span})
        }),
        (0_usize..20, 0_usize..20).prop_map(
            |(least, span)| json!({"type": "string", "minLength": least, "maxLength": least + span})
        ),
        prop::sample::select(vec!["^[a-z]+$", "^\\d{3}-\\d{2}$", "x", "^(a|b|cd)*$"])
            .prop_map(|pattern| json!({"type": "string", "pattern": pattern})),
        prop::sample::select(vec!["date-time", "email", "uri", "uuid", "ipv4", "date"])
            .prop_map(|format| json!({"type": "string", "format": format})),
        prop::collection::vec(
            prop_oneof![
                Just(json!("a")),
                Just(json!(1)),
                Just(json!(null)),
                Just(json!([1]))
            ],
            1..4
        )
        .prop_map(|values| json!({"enum": values})),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec((inner.clone(), any::<bool>()), 0..5).prop_map(|members| {
                let name = |index: usize| format!("member{index}");
                let properties: serde_json::Map<_, _> =
                    members.iter().enumerate().map(|(index, (schema, _))| (name(index), schema.clone())).collect();
                let required: Vec<_> =
                    members.iter().enumerate().filter(|(_, (_, needed))| *needed).map(|(index, _)| name(index)).collect();
                json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
            }),
            (inner.clone(), 0_u64..4, 0_u64..3).prop_map(
                |(items, least, span)| json!({"type": "array", "items": items, "minItems": least, "maxItems": least + span})
            ),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|schemas| json!({"anyOf": schemas})),
            (inner.clone(), 1_u64..4)
                .prop_map(|(values, least)| json!({"type": "object", "additionalProperties": values, "minProperties": least})),
            (inner.clone(), inner).prop_map(|(a, b)| json!({"type": "array", "prefixItems": [a, b], "minItems": 2})),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn satisfiable_schemas_get_instances(schema in schema(), prompt in "[a-zA-Z0-9 .]{0,40}") {
        make(&schema, &prompt);
    }

    #[test]
    fn nonsense_is_answered(schema in nonsense(), prompt in ".{0,30}") {
        let hints = Hints::new(&prompt, 1);
        if let Ok(value) = instance(&schema, &hints) {
            prop_assert_eq!(satisfies(&schema, &value), Ok(true));
        }
    }

    #[test]
    fn the_check_agrees_with_an_independent_validator(schema in schema(), other in schema()) {
        let value = make(&other, "");
        let validator = jsonschema::options().build(&schema).unwrap();
        prop_assert_eq!(satisfies(&schema, &value).unwrap(), validator.is_valid(&value), "{} {}", schema, value);
    }

    // Of two formats, or a format and an `enum`, only one is kept to.
    #[test]
    fn conjunctions_are_satisfied_or_refused(left in schema(), right in schema()) {
        let both = json!({"allOf": [left, right]});
        if let Ok(value) = instance(&both, &Hints::new("", 1)) {
            confirm_with(&both, &value, false);
        }
        let one = json!({"oneOf": [left, right]});
        if let Ok(value) = instance(&one, &Hints::new("", 1)) {
            confirm_with(&one, &value, false);
        }
    }
}
