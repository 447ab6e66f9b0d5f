/* What loading cannot be faster than. --as yaml: the events of libyaml alone, on which our reader
 * stands; numbers: strtol from number to number, nothing kept. Both read the file first. */
#include "instance.h"

#include <fahrplan/io.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static uint64_t events(const char *text, size_t size)
{
    yaml_parser_t parser;
    yaml_event_t event;
    uint64_t n = 0;
    bool ends = false;
    if (!yaml_parser_initialize(&parser)) instance_fail("no memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    for (; !ends; n++) {
        if (!yaml_parser_parse(&parser, &event)) instance_fail("bad YAML");
        ends = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return n;
}

static uint64_t numbers(const char *text)
{
    uint64_t n = 0;
    while (*text != '\0') {
        char *end = NULL;
        strtol(text, &end, 10);
        n += end != text;
        text = end == text ? text + 1 : end;
    }
    return n;
}

typedef struct file {
    const char *name;
    bool is_yaml;
} file;

static instance_result solve(const fpl_model *nothing, const void *context)
{
    const file *f = context;
    char *text = NULL;
    size_t size = 0;
    fpl_error error = {0};
    instance_result result = {0};
    (void)nothing;
    if (fpl_file_read(f->name, &text, &size, &error) != FPL_OK)
        instance_fail(error.message);
    result.work = f->is_yaml ? events(text, size) : numbers(text);
    fpl_string_free(text);
    return result;
}

int main(int argc, char **argv)
{
    const file f = {instance_option(argc, argv, "--model", NULL),
                    strcmp(instance_option(argc, argv, "--as", "yaml"), "yaml") == 0};
    if (f.name == NULL) instance_fail("--model FILE is due");
    instance_measure(NULL, solve, &f);
    return 0;
}
