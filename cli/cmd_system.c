/* system: who drives whom, directly, through others and in loops. */
#include "commands.h"
#include "query.h"

#include <stdlib.h>
#include <string.h>

typedef struct system_options {
    const char *paths;
    bool loops;
    whole length;
    whole powers;
} system_options;

static const option_row rows[] = {
    {"paths", 0, OPTION_TEXT, offsetof(system_options, paths), N_("FROM,TO"),
     N_("instead: all paths of influence from one descriptor to another"), NULL, NULL, 0,
     0},
    {"loops", 0, OPTION_FLAG, offsetof(system_options, loops), NULL,
     N_("instead: all loops, by length"), NULL, NULL, 0, 0},
    {"length", 0, OPTION_NUMBER, offsetof(system_options, length), N_("N"),
     N_("loops of at most N descriptors, or paths of at most N influences"),
     N_("6 for loops, 3 for paths"), NULL, 1, FPL_DESCRIPTORS_MAX},
    {"powers", 0, OPTION_NUMBER, offsetof(system_options, powers), N_("N"),
     N_("indirect influence by power N of the direct matrix"),
     N_("until the ranking stays, at most 10"), NULL, 1, FPL_POWERS_MAX},
    {0},
};

static int show_paths(command_call *call, const fpl_model *model)
{
    const system_options *own = call->line.values;
    int ends[2] = {0};
    fpl_paths *paths = NULL;
    fpl_document *document = NULL;
    fpl_limits limits;
    fpl_error error = call_error();
    int code = ends_parse("--paths", own->paths, model, ends);
    if (code != 0) return code;
    call_limits(call, &limits);
    fpl_status status = fpl_paths_find(model, ends[0], ends[1], (int)own->length.value,
                                       &limits, &paths, &error);
    if (status == FPL_OK)
        status = fpl_result_paths(model, paths, &call->words, &document, &error);
    fpl_paths_free(paths);
    return status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                            : call_fail(call, &error);
}

static int show_system(command_call *call, const fpl_model *model)
{
    const system_options *own = call->line.values;
    const fpl_system_options options = {.max_power = (int)own->powers.value,
                                        .loop_length = (int)own->length.value};
    fpl_system *system = NULL;
    fpl_document *document = NULL;
    fpl_limits limits;
    fpl_error error = call_error();
    call_limits(call, &limits);
    fpl_status status = fpl_system_compute(model, &options, &limits, &system, &error);
    if (status == FPL_OK)
        status = fpl_result_system(model, system, own->loops, &call->words, &document,
                                   &error);
    fpl_system_free(system);
    return status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                            : call_fail(call, &error);
}

static int run(command_call *call)
{
    const system_options *own = call->line.values;
    fpl_model *model = NULL;
    if (own->paths != NULL && own->loops)
        return message_misuse(tr("--paths and --loops exclude each other"));
    if (own->paths == NULL && own->length.given && own->length.value < 2)
        return message_misuse(tr("a loop has at least 2 descriptors"));
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    code = own->paths != NULL ? show_paths(call, model) : show_system(call, model);
    fpl_model_free(model);
    return code;
}

const command_row command_system = {
    .name = "system",
    .arguments = N_("MODEL"),
    .summary = N_("who drives whom, directly, through others and in loops"),
    .description = N_(
        "Read the judgements of MODEL as a system of influences: active and passive sums "
        "with the place of each descriptor in the system grid, ranks that count indirect "
        "influence (powers of the direct matrix, as MICMAC does), loops with their "
        "signs, "
        "components, variants that no scenario can choose.\n"
        "These are figures about the judgements. Which scenarios hold they do not say; "
        "'fahrplan scenarios' does."),
    .options = rows,
    .values_size = sizeof(system_options),
    .shared = SHARE_RESULT | SHARE_SEARCH,
    .least = 1,
    .most = 1,
    .run = run,
};
