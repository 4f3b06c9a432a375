//! What belongs to a policy.

use outcrop_store::{After, ListQuery, Record, Write};

use super::{
    PolicyVersion,
    build_workflow::{Annotations, BuildWorkflow},
    test_case::TestCase,
    test_workflow::{TestResult, TestRun},
};
use crate::{Control, context::Context, error::ControlError, resource::Resource};

/// Records that are read at once.
const STEP: usize = 200;

/// The kinds whose records have a policy as their parent, with what to call them. All of them have to be deleted before it.
const KINDS: &[(&str, &str)] = &[
    (PolicyVersion::KIND, "versions"),
    (BuildWorkflow::KIND, "build workflows"),
    (TestCase::KIND, "test cases"),
];

/// What the policy has that has to be deleted before it, in words; `None` if there is nothing.
pub(super) async fn in_the_way(
    control: &Control,
    context: &Context,
    policy: &str,
) -> Result<Option<&'static str>, ControlError> {
    for (kind, what) in KINDS {
        if !page(control, context, kind, policy, None, 1)
            .await?
            .is_empty()
        {
            return Ok(Some(what));
        }
    }
    Ok(None)
}

/// The deletion of everything that belongs to the policy.
pub(super) async fn deletions(
    control: &Control,
    context: &Context,
    policy: &str,
) -> Result<Vec<Write>, ControlError> {
    let mut writes = Vec::new();
    for (kind, _) in KINDS {
        for record in all(control, context, kind, policy).await? {
            if *kind == BuildWorkflow::KIND {
                writes.extend(of_workflow(control, context, &record.key.id).await?);
            }
            writes.push(deletion(record));
        }
    }
    Ok(writes)
}

/// The deletion of everything that belongs to a build workflow.
pub(super) async fn of_workflow(
    control: &Control,
    context: &Context,
    workflow: &str,
) -> Result<Vec<Write>, ControlError> {
    let mut writes = Vec::new();
    if let Some(annotations) = control.look_up::<Annotations>(context, workflow).await? {
        writes.push(annotations.deleted());
    }
    for kind in [TestResult::KIND, TestRun::KIND] {
        let records = all(control, context, kind, workflow).await?;
        writes.extend(records.into_iter().map(deletion));
    }
    Ok(writes)
}

/// The deletion of a record, if nobody changes it meanwhile.
pub(super) fn deletion(record: Record) -> Write {
    Write::Delete {
        revision: Some(record.revision),
        key: record.key,
    }
}

/// All records of a kind that belong to `parent`, the oldest first.
pub(super) async fn all(
    control: &Control,
    context: &Context,
    kind: &'static str,
    parent: &str,
) -> Result<Vec<Record>, ControlError> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.last().map(|record| After {
            created_at: record.created_at,
            id: record.key.id.clone(),
        });
        let page = page(control, context, kind, parent, after, STEP).await?;
        let complete = page.len() < STEP;
        records.extend(page);
        if complete {
            return Ok(records);
        }
    }
}

async fn page(
    control: &Control,
    context: &Context,
    kind: &'static str,
    parent: &str,
    after: Option<After>,
    limit: usize,
) -> Result<Vec<Record>, ControlError> {
    let query = ListQuery {
        scope: Some(context.scope()),
        parent: Some(parent.to_owned()),
        after,
        ..ListQuery::oldest(kind, limit)
    };
    Ok(control.store.list(query).await?)
}
