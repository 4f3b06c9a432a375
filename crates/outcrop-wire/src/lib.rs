//! Layers around a generated service: what the real service does on the wire and the generated code does not.
