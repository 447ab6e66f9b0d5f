/* convert: from one format to another; solution files are held against their model. */
#include "commands.h"
#include "formats.h"
#include "solutions.h"

#include <string.h>

typedef struct convert_options {
    const char *from, *to;
    const char *model;
    const char *separator;
    bool decimal_comma;
    bool dry_run;
} convert_options;

static const option_row rows[] = {
    {"from", 0, OPTION_TEXT, offsetof(convert_options, from), N_("FORMAT"),
     N_("format of INPUT: yaml, scw, csv, csv-list"),
     N_("from its suffix and first bytes"), NULL, 0, 0},
    {"to", 0, OPTION_TEXT, offsetof(convert_options, to), N_("FORMAT"),
     N_("format of OUTPUT: yaml, scw, csv, csv-list"), N_("from its suffix"), NULL, 0, 0},
    {"model", 'm', OPTION_FILE, offsetof(convert_options, model), N_("MODEL"),
     N_("INPUT is a solution file (.sl): hold its rows against MODEL"), NULL, NULL, 0, 0},
    {"csv-separator", 0, OPTION_TEXT, offsetof(convert_options, separator),
     N_("CHARACTER"), N_("separator of CSV output: , or ; or tab"), ",", NULL, 0, 0},
    {"decimal-comma", 0, OPTION_FLAG, offsetof(convert_options, decimal_comma), NULL,
     N_("CSV output with decimal commas"), NULL, NULL, 0, 0},
    {"dry-run", 0, OPTION_FLAG, offsetof(convert_options, dry_run), NULL,
     N_("write no file; report what was understood"), NULL, NULL, 0, 0},
    {0},
};

static const char *name_of_format(const void *context, int i)
{
    (void)context;
    return fpl_format_get(i)->name;
}

int format_named(const char *option, const char *name, fpl_format *format)
{
    *format = name == NULL ? FPL_FORMAT_GUESS : fpl_format_by_name(name);
    if (name == NULL || *format != FPL_FORMAT_GUESS) return 0;
    message_misuse(tr("%s: format '%s' is unknown"), option, name);
    int nearest = nearest_name(name, name_of_format, NULL, fpl_format_n());
    if (nearest >= 0)
        message_note(tr("did you mean '%s'?"), fpl_format_get(nearest)->name);
    return EXIT_MISUSE;
}

int model_write(command_call *call, const fpl_model *model, const char *path,
                const fpl_save_options *options)
{
    fpl_error error = call_error();
    if (strcmp(path, "-") != 0) {
        if (fpl_model_save(model, path, options, &error) == FPL_OK) return EXIT_ANSWERED;
        return call_fail(call, &error);
    }
    char *text = NULL;
    size_t size = 0;
    fpl_status status = fpl_model_write(model, options, &text, &size, &error);
    if (status == FPL_OK) status = fpl_file_write("-", text, size, &error);
    fpl_string_free(text);
    return status == FPL_OK ? EXIT_ANSWERED : call_fail(call, &error);
}

static int separator_of(const char *text, char *separator)
{
    *separator = 0;
    if (text == NULL) return 0;
    if (strcmp(text, "tab") == 0)
        *separator = '\t';
    else if (strlen(text) == 1 && strchr(",;\t", *text) != NULL)
        *separator = *text;
    else
        return message_misuse(tr("--csv-separator takes , or ; or tab, not '%s'"), text);
    return 0;
}

/* ---- models -------------------------------------------------------------------------------- */

static int load_as(command_call *call, const char *path, fpl_format format,
                   fpl_model **model)
{
    fpl_error error = call_error();
    fpl_load_options options = {.format = format, .notice = message_notice};
    if (fpl_model_load(path, &options, model, &error) == FPL_OK) return 0;
    return call_fail(call, &error);
}

static int report(command_call *call, const fpl_model *model)
{
    fpl_document *document = NULL;
    fpl_error error = call_error();
    if (fpl_result_model(model, &call->words, &document, &error) != FPL_OK)
        return call_fail(call, &error);
    return call_emit(call, document, model, EXIT_ANSWERED);
}

static bool is_solution_file(const char *path)
{
    size_t n = strlen(path);
    return n > 3 && strcmp(path + n - 3, ".sl") == 0;
}

static int run(command_call *call)
{
    const convert_options *own = call->line.values;
    const char *input = call->line.arguments[0];
    const char *output = call->line.n_arguments > 1 ? call->line.arguments[1]
                                                    : call->line.shared.output;
    fpl_save_options save = {.decimal_comma = own->decimal_comma,
                             .notice = message_notice};
    fpl_format from;
    fpl_model *model = NULL;
    if (own->model != NULL) return solutions_check(call, input, own->model);
    if (is_solution_file(input) && own->from == NULL)
        return message_misuse(
            tr("a solution file means nothing without its model: name it with "
               "--model"));
    int code = format_named("--from", own->from, &from);
    if (code == 0) code = format_named("--to", own->to, &save.format);
    if (code == 0) code = separator_of(own->separator, &save.separator);
    if (code == 0 && !own->dry_run && own->to == NULL && output == NULL)
        code = message_misuse(tr("name an output file, or a format with --to"));
    if (code == 0) code = load_as(call, input, from, &model);
    if (code != 0) return code;
    code = own->dry_run ? report(call, model)
                        : model_write(call, model, output == NULL ? "-" : output, &save);
    fpl_model_free(model);
    return code;
}

const command_row command_convert = {
    .name = "convert",
    .arguments = N_("INPUT [OUTPUT]"),
    .summary = N_("from one format to another"),
    .description = N_(
        "Read INPUT and write OUTPUT in another format: the native one (.fahrplan.yaml), "
        "ScenarioWizard projects (.scw), CSV as a matrix or as a list. What a format "
        "cannot hold "
        "is named, never dropped in silence.\n"
        "A solution file of ScenarioWizard (.sl) is held against the model named with "
        "--model; "
        "rows that do not fit are listed, and the exit code is 1."),
    .options = rows,
    .values_size = sizeof(convert_options),
    .shared = SHARE_RESULT,
    .least = 1,
    .most = 2,
    .run = run,
};
