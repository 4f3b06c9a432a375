//! How far the sub-tasks of a distillation are: the data is validated, then processed, then the model is trained. Each takes
//! a third of the job's time.

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::CreateModelCustomizationJobInput,
    model::{
        CustomizationType, DataProcessingDetails, JobStatusDetails, StatusDetails, TrainingDetails,
        ValidationDetails,
    },
};

use super::{ModelCustomizationJob, customization_type};
use crate::{
    Control,
    clock::{date_time, nanos},
    resource::{Held, JobPhase},
};

/// Sub-tasks of a job.
const TASKS: i64 = 3;

/// One sub-task: its status, and when it began and last changed, if it has begun.
type Task = (JobStatusDetails, Option<DateTime>, Option<DateTime>);

/// The details of a distillation; jobs of other types have none (the documentation of `StatusDetails`).
pub(super) fn details(
    control: &Control,
    held: &Held<ModelCustomizationJob>,
    request: &CreateModelCustomizationJobInput,
) -> Option<StatusDetails> {
    if customization_type(request) != CustomizationType::Distillation {
        return None;
    }
    let course = &held.state.course;
    let phase = course.phase();
    let until = match phase {
        JobPhase::Stopping | JobPhase::Stopped(_) => course.stop_requested_at(),
        _ => phase.ended_at(),
    };
    let tasks = Tasks {
        since: held.created_nanos(),
        until: until.unwrap_or_else(|| control.now()),
        third: nanos(control.pace) / TASKS,
        phase,
    };
    let (validation, processing, training) = (tasks.task(0), tasks.task(1), tasks.task(2));
    Some(StatusDetails {
        validation_details: Some(ValidationDetails {
            status: Some(validation.0),
            creation_time: validation.1,
            last_modified_time: validation.2,
        }),
        data_processing_details: Some(DataProcessingDetails {
            status: Some(processing.0),
            creation_time: processing.1,
            last_modified_time: processing.2,
        }),
        training_details: Some(TrainingDetails {
            status: Some(training.0),
            creation_time: training.1,
            last_modified_time: training.2,
        }),
    })
}

struct Tasks {
    since: i64,
    until: i64,
    third: i64,
    phase: JobPhase,
}

impl Tasks {
    /// The sub-task that the job has come to.
    fn current(&self) -> i64 {
        let passed = self.until.saturating_sub(self.since);
        match self.phase {
            JobPhase::Completed(_) => TASKS,
            JobPhase::Failed(..) => TASKS - 1,
            _ if self.third == 0 => 0,
            _ => (passed / self.third).clamp(0, TASKS - 1),
        }
    }

    fn task(&self, number: i64) -> Task {
        let current = self.current();
        let start = self.since.saturating_add(self.third * number);
        if number > current {
            return (JobStatusDetails::NotStarted, None, None);
        }
        let (status, changed) = if number < current {
            (
                JobStatusDetails::Completed,
                start.saturating_add(self.third),
            )
        } else {
            match self.phase {
                JobPhase::InProgress => (JobStatusDetails::InProgress, start),
                JobPhase::Stopping => (JobStatusDetails::Stopping, self.until),
                JobPhase::Stopped(at) => (JobStatusDetails::Stopped, at),
                JobPhase::Failed(at, _) => (JobStatusDetails::Failed, at),
                JobPhase::Completed(at) => (JobStatusDetails::Completed, at),
            }
        };
        (status, Some(date_time(start)), Some(date_time(changed)))
    }
}
