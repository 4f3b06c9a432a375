//! Configuration: each setting declared once, read from flags, the environment and a file.
//!
//! [`settings`] is the one table. The command line, `OUTCROP_*`, the TOML keys, `outcrop config`
//! and `docs/configuration.md` all come from it. Nothing outside this module and [`crate::cli`] reads the environment.

mod backends;
mod declare;
mod error;
mod file;
mod judge;
mod markdown;
mod model_map;
mod resolve;
mod settings;
mod show;
mod sources;
mod value;

pub use self::backends::{BackendTable, Backends, Key, Placed, RouteTable, ScenarioTable};
pub use self::declare::{ENV_PREFIX, Setting};
pub use self::error::{ConfigError, Problem};
pub use self::judge::{JudgeFailure, JudgeFormat, ServedModel, Share};
pub use self::markdown::markdown;
pub use self::model_map::ModelMapFile;
pub use self::resolve::{Effective, Entry, Origin, resolve};
pub use self::settings::{Settings, TABLE};
pub use self::show::show;
pub use self::sources::{Environment, FILE_NAME, Sources};
pub use self::value::{Address, Count, LogFormat, LogLevel, Names, Region, Secret, Size, Value};
