/* basins: every attractor, and how many scenarios end in it. */
#include "commands.h"
#include "dynamics.h"
#include "solutions.h"

#include <string.h>

typedef struct basins_options {
    dynamics_options dynamics;
    whole sample;
    whole memory;
} basins_options;

static const option_row rows[] = {
    DYNAMICS_ROWS(rule_words, "global"),
    {"sample", 0, OPTION_NUMBER, offsetof(basins_options, sample), N_("N"),
     N_("follow N scenarios drawn by --seed instead of all"), NULL, NULL, 1, 1e12},
    {"memory", 0, OPTION_NUMBER, offsetof(basins_options, memory), N_("MB"),
     N_("use at most so much memory"), "1024", NULL, 1, 1e7},
    {0},
};

/* What a run will need, for those who want to hear it. */
static void say_need(const fpl_model *model, const fpl_basin_options *options)
{
    fpl_basin_need need;
    if (options->samples > 0 || fpl_basins_need(model, options, &need, NULL) != FPL_OK)
        return;
    if (need.bytes == UINT64_MAX)
        message_verbose(tr("too many scenarios to follow them all"));
    else
        message_verbose(need.by_images ? tr("needs at least %.0f MB, by images")
                                       : tr("needs at least %.0f MB, by a table"),
                        (double)need.bytes / 1e6);
}

static int show(command_call *call, const fpl_model *model,
                const fpl_basin_options *options)
{
    fpl_limits limits;
    fpl_basins *basins = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    int code = call_limits_kept(call, &limits);
    if (code != 0) return code;
    say_need(model, options);
    fpl_status status = fpl_basins_compute(model, options, &limits, &basins, &error);
    if (status != FPL_OK) return call_fail(call, &error);
    if (solutions_wanted(&call->line.shared)) {
        code = solutions_write_basins(call, model, basins);
    } else {
        status = fpl_result_basins(model, options, basins, &call->words, &document,
                                   &error);
        code = status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                                : call_fail(call, &error);
    }
    fpl_basins_free(basins);
    return code;
}

static int run(command_call *call)
{
    const basins_options *own = call->line.values;
    const whole *seed = &call->line.shared.seed;
    fpl_model *model = NULL;
    dynamics_state state;
    fpl_basin_options options = {.memory = (uint64_t)own->memory.value * 1000000,
                                 .samples = (uint64_t)own->sample.value,
                                 .seed = seed->given ? (uint64_t)seed->value : 1};
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    code = dynamics_make(&own->dynamics, call, model, FPL_SUCCESSION_GLOBAL,
                         &options.dynamics, &state);
    if (code == 0) {
        options.held = state.held;
        options.n_held = state.n_held;
        code = show(call, model, &options);
        dynamics_release(&state);
    }
    fpl_model_free(model);
    return code;
}

const command_row command_basins = {
    .name = "basins",
    .arguments = N_("MODEL"),
    .summary = N_("where all scenarios end, and how many in each place"),
    .description = N_(
        "Every attractor of the succession, fixed points and cycles, with its weight: "
        "the number of scenarios that end in it, over all scenarios, exact to the last "
        "digit. Under the global rule without exclusions, moves that never happen and "
        "lags only images of scenarios are kept, about two bits for each scenario; "
        "other rules need a table of 24 bytes for each.\n"
        "With --sample the shares are estimated, with intervals of 95 percent. With "
        "--format sl the fixed points are written as a solution file of ScenarioWizard "
        "with all digits of their weights."),
    .options = rows,
    .values_size = sizeof(basins_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_CHECKPOINT | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
