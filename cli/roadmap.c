/* From options to a roadmap. */
#include "roadmap.h"

#include "query.h"

#include <stdlib.h>
#include <string.h>

static int choose(command_call *call, const roadmap_options *options,
                  roadmap_state *state)
{
    const size_t n = (size_t)fpl_model_n_descriptors(state->model);
    char title[256];
    int code = 0;
    if (options->over != NULL) {
        code = names_parse("--over", options->over, state->model, &state->drivers,
                           &state->options.n_drivers);
        state->options.drivers = state->drivers;
    }
    if (code == 0 && options->from != NULL) {
        state->start = calloc(n, sizeof *state->start);
        code = state->start == NULL
                   ? EXIT_FAULT
                   : scenario_choose(call, "--from", options->from, state->model,
                                     state->start, title, sizeof title);
        state->options.start = state->start;
    }
    if (code == 0)
        code = dynamics_make(&options->dynamics, call, state->model, FPL_SUCCESSION_LOCAL,
                             &state->options.dynamics, &state->dynamics);
    return code;
}

int roadmap_open(command_call *call, const roadmap_options *options, bool measures,
                 roadmap_state *state)
{
    fpl_limits limits;
    fpl_error error = call_error();
    memset(state, 0, sizeof *state);
    int code = call_load(call, call->line.arguments[0], &state->model);
    if (code == 0) code = choose(call, options, state);
    if (code != 0) return code;
    state->options.measures = measures;
    state->use_max_tension = options->tension.given;
    state->max_tension = in_units(&options->tension, state->model);
    call_limits(call, &limits);
    const fpl_status status = fpl_roadmap_compute(state->model, &state->options, &limits,
                                                  &state->roadmap, &error);
    return status == FPL_OK ? 0 : call_fail(call, &error);
}

void roadmap_close(roadmap_state *state)
{
    fpl_roadmap_free(state->roadmap);
    dynamics_release(&state->dynamics);
    free(state->start);
    free(state->drivers);
    fpl_model_free(state->model);
}

static int driver_index(const fpl_roadmap *roadmap, int descriptor)
{
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        if (fpl_roadmap_drivers(roadmap)[i] == descriptor) return i;
    return -1;
}

int roadmap_find_row(const char *option, const char *text, const roadmap_state *state,
                     size_t *row)
{
    const fpl_roadmap *roadmap = state->roadmap;
    fpl_fixing *fixings = NULL;
    int n = 0;
    int code = settings_parse(option, text, state->model, &fixings, &n);
    uint16_t *z = calloc((size_t)fpl_model_n_descriptors(state->model), sizeof *z);
    if (code == 0 && z == NULL) code = EXIT_FAULT;
    if (code == 0)
        memcpy(z, fpl_roadmap_start(roadmap),
               (size_t)fpl_model_n_descriptors(state->model) * sizeof *z);
    for (int i = 0; i < n && code == 0; i++) {
        if (driver_index(roadmap, fixings[i].descriptor) < 0)
            code = message_misuse(
                tr("%s: '%s' is no driver of the roadmap"), option,
                fpl_model_descriptor_id(state->model, fixings[i].descriptor));
        else
            z[fixings[i].descriptor] = fixings[i].variant;
    }
    *row = 0;
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap) && code == 0; i++) {
        const int d = fpl_roadmap_drivers(roadmap)[i];
        *row = *row * (size_t)fpl_model_n_variants(state->model, d) + z[d];
    }
    free(z);
    free(fixings);
    return code;
}
