/* What all commands do alike. */
#include "call.h"

#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int call_fail(const command_call *call, const fpl_error *error)
{
    progress_clear();
    bool from_input = strcmp(error->file, "-") == 0;
    return message_error(error, from_input ? call->input : NULL);
}

/* Standard input is kept, so that complaints can show its lines. */
static int load_input(command_call *call, const fpl_load_options *options,
                      fpl_model **model)
{
    fpl_error error = call_error();
    size_t size = 0;
    if (call->input != NULL)
        return message_misuse(tr("standard input can be read only once"));
    fpl_status status = fpl_file_read("-", &call->input, &size, &error);
    if (status == FPL_OK)
        status = fpl_model_read(call->input, size, "-", options, model, &error);
    return status == FPL_OK ? 0 : call_fail(call, &error);
}

int call_load(command_call *call, const char *path, fpl_model **model)
{
    fpl_error error = call_error();
    fpl_load_options options = {.notice = message_notice};
    message_verbose(tr("reading %s"), path);
    if (strcmp(path, "-") == 0) return load_input(call, &options, model);
    if (fpl_model_load(path, &options, model, &error) == FPL_OK) return 0;
    return call_fail(call, &error);
}

void call_limits(const command_call *call, fpl_limits *limits)
{
    const shared_options *shared = &call->line.shared;
    memset(limits, 0, sizeof *limits);
    limits->cap = (uint64_t)shared->limit.value;
    limits->time_ms = (int64_t)(shared->time.value * 1000 + 0.5);
    if (shared->time.given && limits->time_ms == 0) limits->time_ms = 1;
    limits->n_threads = (int)shared->threads.value;
    limits->cancel = interrupt_flag();
    interrupt_setup();
    if (!shared->quiet) progress_setup(limits);
}

int call_limits_kept(command_call *call, fpl_limits *limits)
{
    const shared_options *shared = &call->line.shared;
    const char *path = shared->checkpoint;
    fpl_error error = call_error();
    call_limits(call, limits);
    if (path == NULL) return 0;
    if (shared->output != NULL && strcmp(path, shared->output) == 0)
        return message_misuse(tr("--checkpoint and --output name the same file"));
    if (fpl_checkpoint_open(path, &call->checkpoint, &error) != FPL_OK)
        return call_fail(call, &error);
    limits->checkpoint = call->checkpoint;
    if (shared->quiet) return 0;
    if (fpl_checkpoint_is_resumed(call->checkpoint))
        message_note(tr("going on from %s"), path);
    else
        message_note(tr("nothing to go on from yet; the work is kept in %s"), path);
    return 0;
}

void call_end(command_call *call, int code)
{
    const bool finished = code == EXIT_ANSWERED || code == EXIT_NO;
    if (call->checkpoint == NULL) return;
    fpl_checkpoint_close(call->checkpoint, finished);
    call->checkpoint = NULL;
    const char *path = call->line.shared.checkpoint;
    if (code == EXIT_STOPPED && !call->line.shared.quiet && access(path, F_OK) == 0)
        message_note(tr("the same command goes on from %s"), path);
}

/* ---- writing ------------------------------------------------------------------------------- */

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static fpl_output output_of(const shared_options *shared)
{
    if (shared->format == FORMAT_JSON) return FPL_OUTPUT_JSON;
    if (shared->format == FORMAT_CSV) return FPL_OUTPUT_CSV;
    if (shared->format == FORMAT_TEXT || shared->output == NULL) return FPL_OUTPUT_TEXT;
    if (strcmp(shared->output, "-") == 0 || ends_in(shared->output, ".txt"))
        return FPL_OUTPUT_TEXT;
    return ends_in(shared->output, ".csv") ? FPL_OUTPUT_CSV : FPL_OUTPUT_JSON;
}

static bool goes_to_terminal(const shared_options *shared)
{
    return (shared->output == NULL || strcmp(shared->output, "-") == 0) &&
           isatty(STDOUT_FILENO);
}

static bool wants_color(const shared_options *shared)
{
    enum { AUTO = 1, ALWAYS = 2, NEVER = 3 };
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (shared->color == ALWAYS || shared->color == NEVER) return shared->color == ALWAYS;
    if (none != NULL && *none != '\0') return false;
    return goes_to_terminal(shared) &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

/* 80 columns, fewer where the terminal has fewer. */
static int columns(const shared_options *shared)
{
    enum { USUAL = 80, LEAST = 40 };
    struct winsize size;
    if (shared->width.given) return (int)shared->width.value;
    if (!goes_to_terminal(shared) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return USUAL;
    if (size.ws_col == 0 || size.ws_col >= USUAL) return USUAL;
    return size.ws_col < LEAST ? LEAST : size.ws_col;
}

static void add_limits(fpl_document *document, const shared_options *shared)
{
    fpl_value *limits = fpl_value_map(document);
    if (shared->time.given)
        fpl_value_set(limits, "seconds", fpl_value_real(document, shared->time.value));
    if (shared->limit.given)
        fpl_value_set(limits, "results", fpl_value_int(document, shared->limit.value));
    fpl_document_provenance(document, "limits", limits);
}

static void add_provenance(const command_call *call, fpl_document *document,
                           const fpl_model *model)
{
    const shared_options *shared = &call->line.shared;
    fpl_document_provenance(document, "program", fpl_value_text(document, "fahrplan"));
    fpl_document_provenance(document, "program_version",
                            fpl_value_text(document, fpl_version()));
    fpl_document_provenance(document, "command",
                            fpl_value_text(document, call->command_line));
    if (model != NULL) {
        fpl_document_provenance(document, "model",
                                fpl_value_text(document, fpl_model_file(model)));
        fpl_document_provenance(document, "model_digest",
                                fpl_value_text(document, fpl_model_digest(model)));
    }
    if (call->command->shared & SHARE_SEED)
        fpl_document_provenance(
            document, "seed",
            fpl_value_int(document, shared->seed.given ? shared->seed.value : 1));
    if (call->command->shared & SHARE_SEARCH) add_limits(document, shared);
}

int call_write(const command_call *call, const char *text, size_t size)
{
    const char *path = call->line.shared.output == NULL ? "-" : call->line.shared.output;
    fpl_error error = call_error();
    progress_clear();
    if (fpl_file_write(path, text, size, &error) == FPL_OK) return EXIT_ANSWERED;
    return call_fail(call, &error);
}

int call_emit(command_call *call, fpl_document *document, const fpl_model *model,
              int answer)
{
    const shared_options *shared = &call->line.shared;
    fpl_output_options options = call->words;
    options.output = output_of(shared);
    options.width = columns(shared);
    options.color = wants_color(shared);
    options.ascii = shared->ascii;
    options.no_provenance = shared->no_provenance;
    fpl_error error = call_error();
    char *text = NULL;
    size_t size = 0;
    bool partial = fpl_document_stop(document) != FPL_COMPLETE;
    if (!shared->no_provenance) add_provenance(call, document, model);
    fpl_status status = fpl_document_write(document, &options, &text, &size, &error);
    int code = status == FPL_OK ? call_write(call, text, size) : call_fail(call, &error);
    fpl_string_free(text);
    fpl_document_free(document);
    return code != EXIT_ANSWERED ? code : partial ? EXIT_STOPPED : answer;
}
