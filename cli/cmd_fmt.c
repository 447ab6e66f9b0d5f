/* fmt: the canonical layout of native files. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

typedef struct fmt_options {
    bool write;
    bool check;
} fmt_options;

static const option_row rows[] = {
    {"write", 'w', OPTION_FLAG, offsetof(fmt_options, write), NULL,
     N_("rewrite the files in place instead of printing them"), NULL, NULL, 0, 0},
    {"check", 0, OPTION_FLAG, offsetof(fmt_options, check), NULL,
     N_("write nothing; name the files whose layout is another, and exit with 1 if there "
        "are any"),
     NULL, NULL, 0, 0},
    {0},
};

/* What is due for one file whose canonical text is known. */
static int deal_with(const fmt_options *own, const char *path, const char *text,
                     size_t size, const char *formatted, size_t formatted_size,
                     fpl_error *error)
{
    bool same = size == formatted_size && memcmp(text, formatted, size) == 0;
    if (own->check) {
        if (!same) printf("%s\n", path);
        return same ? EXIT_ANSWERED : EXIT_NO;
    }
    if (own->write && same) return EXIT_ANSWERED;
    const char *target = own->write ? path : "-";
    if (fpl_file_write(target, formatted, formatted_size, error) != FPL_OK)
        return message_error(error, NULL);
    return EXIT_ANSWERED;
}

static int format_file(const fmt_options *own, const char *path)
{
    char *text = NULL, *formatted = NULL;
    size_t size = 0, formatted_size = 0;
    fpl_error error = call_error();
    fpl_status status = fpl_file_read(path, &text, &size, &error);
    if (status == FPL_OK)
        status = fpl_yaml_format(text, size, path, &formatted, &formatted_size, &error);
    int code = status != FPL_OK
                   ? message_error(&error, text)
                   : deal_with(own, path, text, size, formatted, formatted_size, &error);
    fpl_string_free(formatted);
    fpl_string_free(text);
    return code;
}

static int run(command_call *call)
{
    const fmt_options *own = call->line.values;
    int worst = EXIT_ANSWERED;
    if (own->write && own->check)
        return message_misuse(tr("--write and --check exclude each other"));
    for (int i = 0; i < call->line.n_arguments; i++) {
        int code = format_file(own, call->line.arguments[i]);
        if (code > worst) worst = code;
    }
    return worst;
}

const command_row command_fmt = {
    .name = "fmt",
    .arguments = N_("FILE..."),
    .summary = N_("the canonical layout of a native file"),
    .description = N_(
        "Print FILE in the canonical layout; comments stay, and so does what the file "
        "states. "
        "With --write the file is rewritten in place. With --check nothing is written."),
    .options = rows,
    .values_size = sizeof(fmt_options),
    .shared = SHARE_ALWAYS,
    .least = 1,
    .most = 1 << 20,
    .run = run,
};
