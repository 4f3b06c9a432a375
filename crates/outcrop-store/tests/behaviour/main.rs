//! What every store does: one suite, run on each of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cloned_ref_to_slice_refs,
    clippy::unnecessary_wraps,
    reason = "helpers of tests fail the test, too"
)]

mod commits;
mod concurrency;
mod listings;
mod names;
mod records;
mod searches;
#[path = "../support/mod.rs"]
mod support;
mod tokens;

macro_rules! on_every_store {
    ($($area:ident: $($test:ident)+;)+) => {
        mod sqlite_file {
            $($(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let folder = tempfile::tempdir().unwrap();
                let store = outcrop_store::SqliteStore::open(folder.path().join("new/store.db")).unwrap();
                super::$area::$test(std::sync::Arc::new(store)).await;
            })+)+
        }

        mod sqlite_memory {
            $($(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$area::$test(std::sync::Arc::new(outcrop_store::SqliteStore::in_memory().unwrap())).await;
            })+)+
        }

        mod postgres {
            $($(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let Some(schema) = super::support::postgres::Schema::new().await else { return };
                let store = outcrop_store::PostgresStore::connect(&schema.url).await.unwrap();
                super::$area::$test(std::sync::Arc::new(store)).await;
                schema.drop().await;
            })+)+
        }
    };
}

on_every_store! {
    records:
        a_record_comes_back_as_it_went
        nothing_is_where_nothing_was_put
        a_key_is_taken_once
        a_replacement_replaces_all_members
        a_replacement_needs_the_revision_before
        a_deleted_record_is_gone
        a_delete_can_need_a_revision
        scopes_and_kinds_are_kept_apart
        unicode_is_kept
        a_megabyte_is_kept;
    names:
        a_unique_name_is_taken_once
        a_name_is_free_where_it_is_not_unique
        a_replacement_cannot_take_a_name
        a_name_is_free_again_after_its_record
        a_taken_key_is_told_before_a_taken_name
        a_name_names_its_record
        of_several_with_a_name_the_newest_is_meant
        no_name_names_nothing;
    tokens:
        the_same_request_happens_once
        another_request_is_refused
        a_failed_request_leaves_no_token
        tokens_are_of_one_scope_and_operation
        the_answer_outlives_the_record
        old_tokens_go
        of_racing_requests_one_happens
        of_different_racing_requests_one_happens;
    commits:
        a_commit_happens_whole
        a_failing_write_takes_the_others_with_it
        writes_happen_in_order
        an_empty_commit_does_nothing;
    listings:
        both_orders_page_through_everything
        equal_times_are_in_the_order_of_ids
        a_page_starts_after_a_deleted_record
        children_are_listed_by_parent
        times_restrict
        times_and_pages_restrict_together
        everybody_is_listed_in_one_order
        a_limit_of_nothing_gives_nothing;
    searches:
        names_are_found_in_any_case
        wildcards_are_letters
        a_search_looks_at_as_many_as_it_is_told
        a_search_stops_at_its_limit
        a_search_keeps_to_times_and_parents;
    concurrency:
        writers_do_not_disturb_each_other
        of_racing_replacements_one_happens
        of_racing_names_one_is_taken
        crossing_commits_both_end
        failures_leave_the_commits_beside_them_alone;
}
