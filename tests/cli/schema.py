"""The part of JSON Schema that README.md uses; any other keyword is an error, so that no rule goes unchecked."""

import re

TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "null": lambda value: value is None,
}


def check_type(value, wanted, schema, path):
    names = wanted if isinstance(wanted, list) else [wanted]
    if not any(TYPES[name](value) for name in names):
        yield f"{path} is {value!r}, not {' or '.join(names)}"


def check_properties(value, properties, schema, path):
    if isinstance(value, dict):
        for name in properties.keys() & value.keys():
            yield from violations(value[name], properties[name], f"{path}.{name}")


def check_required(value, names, schema, path):
    if isinstance(value, dict):
        yield from (f"{path} lacks {name}" for name in names if name not in value)


def check_additional(value, rule, schema, path):
    others = value.keys() - schema.get("properties", {}).keys() if isinstance(value, dict) else ()
    for name in others:
        if rule is False:
            yield f"{path} has {name}, which the schema does not know"
        else:
            yield from violations(value[name], rule, f"{path}.{name}")


def check_items(value, rule, schema, path):
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from violations(item, rule, f"{path}[{index}]")


def check_names(value, rule, schema, path):
    for name in value if isinstance(value, dict) else ():
        yield from violations(name, rule, f"a name in {path}")


def check_minimum(value, least, schema, path):
    if TYPES["number"](value) and value < least:
        yield f"{path} is {value} < {least}"


def check_pattern(value, pattern, schema, path):
    if isinstance(value, str) and not re.search(pattern, value):
        yield f"{path} {value!r} is not {pattern}"


RULES = {
    "type": check_type,
    "properties": check_properties,
    "required": check_required,
    "additionalProperties": check_additional,
    "items": check_items,
    "propertyNames": check_names,
    "enum": lambda value, allowed, schema, path: [] if value in allowed else [f"{path} is {value!r}, not in {allowed}"],
    "const": lambda value, only, schema, path: [] if value == only else [f"{path} is {value!r}, not {only!r}"],
    "minimum": check_minimum,
    "minItems": lambda value, least, schema, path: [f"{path} has too few items"] if len(value) < least else [],
    "pattern": check_pattern,
}
WORDS = {"$schema", "title", "description"}


def violations(value, schema, path="$"):
    """Everything in `value` that breaks the schema, as sentences."""
    for keyword, rule in schema.items():
        if keyword not in WORDS:
            yield from RULES[keyword](value, rule, schema, path)
