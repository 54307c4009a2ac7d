//! The C function that misuses one export: one parameter at a time, all others sane.

use super::recipes::{sane_number, sane_text};
use super::stubs;
use crate::face::{ANY_HANDLE, Face, Function, Param, Returns, Role};

/// Writes the test of one function.
pub struct Cases<'a> {
    face: &'a Face,
    function: &'a Function,
}

impl<'a> Cases<'a> {
    pub fn new(face: &'a Face, function: &'a Function) -> Cases<'a> {
        Cases { face, function }
    }

    pub fn test(&self) -> String {
        let mut statements: Vec<String> = Vec::new();
        for (index, param) in self.function.params.iter().enumerate() {
            match param.role {
                Role::Receiver | Role::In if param.handle_of.is_some() => {
                    statements.extend(self.bad_handles(index, param));
                }
                Role::InText => statements.extend(self.bad_texts(index, param)),
                Role::InBytes | Role::Callback => statements.extend(self.null(index, param)),
                Role::OutBuffer => statements.push(self.small_buffers(index, param)),
                _ => {}
            }
        }
        if statements.is_empty() {
            statements.push(self.plain_call());
        }
        format!("static void {}(void)\n{{\n{}}}\n", self.test_name(), statements.concat())
    }

    pub fn test_name(&self) -> String {
        format!("misuse_{}", self.function.name)
    }

    fn bad_handles(&self, index: usize, param: &Param) -> Vec<String> {
        let of = param.handle_of.as_deref().filter(|of| *of != ANY_HANDLE);
        let stranger = of.and_then(|of| self.face.types.iter().find(|other| other.name != of));
        let (bad, end) = match (of, stranger) {
            (Some(of), Some(other)) => (format!("BAD({of}, {})", other.name), "BAD_HANDLES"),
            _ => (format!("BAD_OF_ANY({})", self.face.types[0].name), "WRONG_TYPE"),
        };

        let is_release = self.function.verb == "Release";
        let start = if param.nullable || is_release { "UNALIGNED" } else { "NULL_HANDLE" };
        let call = self.call(&[(index, &bad)]);
        let refused = self.refuse(param, "bad_handle_names[bad]", &call, "INET_E_HANDLE", 8);
        let mut statements =
            vec![format!("    for (int bad = {start}; bad < {end}; bad++)\n{refused}")];
        if is_release {
            let quiet = format!(
                "    refuse_quietly(\"{}\", \"{}\", \"NULL\",\n        {}, INET_OK);\n",
                self.function.name,
                param.name,
                self.call(&[(index, "NULL")])
            );
            statements.push(quiet);
        }
        statements
    }

    fn bad_texts(&self, index: usize, param: &Param) -> Vec<String> {
        let mut statements = self.null(index, param);
        let call = self.call(&[(index, "NOT_UTF8")]);
        statements.push(self.refuse(param, "\"not UTF-8\"", &call, "INET_E_UTF8", 4));
        statements
    }

    fn null(&self, index: usize, param: &Param) -> Vec<String> {
        if param.nullable {
            return Vec::new();
        }
        let call = self.call(&[(index, "NULL")]);
        vec![self.refuse(param, "\"NULL\"", &call, "INET_E_ARGUMENT_NULL", 4)]
    }

    fn small_buffers(&self, index: usize, param: &Param) -> String {
        let buffer = format!("({})small_buffer(size)", param.c_type);
        let call = self.call(&[(index, &buffer), (index + 1, "capacities[size]")]);
        format!(
            "    for (int size = 0; size < BUFFER_SIZES; size++)\n        \
             check_buffer(\"{}\", {}, {}, size,\n            {call});\n",
            self.function.name,
            i32::from(self.function.returns == Returns::Text),
            i32::from(self.is_quiet()),
        )
    }

    /// A function without a parameter to misuse is called all the same.
    fn plain_call(&self) -> String {
        let call = self.call(&[]);
        if self.function.name == "INetError_Clear" {
            return format!("    (void){call};\n    prime();\n");
        }
        let call = match &self.function.returns_handle_of {
            Some(of) if of == ANY_HANDLE => format!("INetObject_Release({call})"),
            Some(of) => format!("{of}_Release({call})"),
            None => call,
        };
        let is_quiet = i32::from(self.is_quiet());
        format!("    call_number(\"{}\", {is_quiet}, {call});\n", self.function.name)
    }

    fn refuse(
        &self,
        param: &Param,
        misuse: &str,
        call: &str,
        status: &str,
        indent: usize,
    ) -> String {
        let how = match self.function.returns {
            _ if self.is_quiet() => "refuse_quietly",
            Returns::Handle => "refuse_handle",
            _ => "refuse_number",
        };
        let space = " ".repeat(indent);
        format!(
            "{space}{how}(\"{}\", \"{}\", {misuse},\n{space}    {call}, {status});\n",
            self.function.name, param.name
        )
    }

    /// Success, getters of the record and Release never touch the record.
    fn is_quiet(&self) -> bool {
        self.function.verb == "Release" || self.function.object == "INetError"
    }

    fn call(&self, replaced: &[(usize, &str)]) -> String {
        let arguments: Vec<String> = self
            .function
            .params
            .iter()
            .enumerate()
            .map(|(index, param)| match replaced.iter().find(|(at, _)| *at == index) {
                Some((_, argument)) => (*argument).to_owned(),
                None => self.sane(param),
            })
            .collect();
        format!("{}({})", self.function.name, arguments.join(", "))
    }

    fn sane(&self, param: &Param) -> String {
        match (param.role, &param.handle_of, &param.callback) {
            (_, Some(of), _) if of == ANY_HANDLE => format!("live_{}", self.face.types[0].name),
            (_, Some(of), _) => format!("live_{of}"),
            (Role::InText, ..) => format!("\"{}\"", sane_text(&param.name)),
            (Role::InBytes, ..) => "(const uint8_t *)\"bytes\"".to_owned(),
            (Role::Length, ..) => "5".to_owned(),
            (Role::OutBuffer | Role::User, ..) => "NULL".to_owned(),
            (_, _, Some(callback)) if !param.nullable => {
                stubs::name(self.function, param, callback)
            }
            (Role::Callback, ..) => "NULL".to_owned(),
            _ => sane_number(&param.name).to_owned(),
        }
    }
}
