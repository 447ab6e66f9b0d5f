/* How succession runs, as the options say. */
#include "dynamics.h"

#include "query.h"

#include <stdlib.h>
#include <string.h>

const char *const rule_words[] = {"local",  "global",    "incremental", "sequential",
                                  "random", "adiabatic", NULL};
const char *const rule_words_all[] = {"local",  "global",    "incremental",  "sequential",
                                      "random", "adiabatic", "asynchronous", NULL};

/* Hand out what stands between commas; the piece is the caller's to change. */
typedef int (*take_piece)(void *context, char *piece, int number);

static int each_piece(const char *text, take_piece take, void *context)
{
    char *copy = strdup(text), *state = NULL;
    if (copy == NULL) return EXIT_FAULT;
    int code = 0, number = 0;
    for (char *piece = strtok_r(copy, ", ", &state); piece != NULL && code == 0;
         piece = strtok_r(NULL, ", ", &state))
        code = take(context, piece, number++);
    free(copy);
    return code;
}

typedef struct filling {
    const fpl_model *model;
    uint16_t *values;
    int n;
} filling;

static int unknown_descriptor(const char *option, const char *id)
{
    return message_misuse(tr("%s: there is no descriptor '%s'"), option, id);
}

static int take_in_order(void *context, char *piece, int number)
{
    filling *f = context;
    const int n = fpl_model_n_descriptors(f->model);
    const int d = fpl_model_find_descriptor(f->model, piece);
    if (d < 0) return unknown_descriptor("--order", piece);
    if (number < n) f->values[number] = (uint16_t)d;
    f->n = number + 1;
    return 0;
}

static int take_speed(void *context, char *piece, int number)
{
    filling *f = context;
    char *equals = strchr(piece, '='), *end = NULL;
    (void)number;
    if (equals == NULL)
        return message_misuse(tr("--speed: '%s' is not of the form DESCRIPTOR=N"), piece);
    *equals = '\0';
    const int d = fpl_model_find_descriptor(f->model, piece);
    const long rank = strtol(equals + 1, &end, 10);
    if (d < 0) return unknown_descriptor("--speed", piece);
    if (end == equals + 1 || *end != '\0' || rank < 0 || rank > UINT16_MAX)
        return message_misuse(tr("--speed: '%s' is no rank; ranks are 0 to %d"),
                              equals + 1, UINT16_MAX);
    f->values[d] = (uint16_t)rank;
    return 0;
}

static int make_order(const char *text, const fpl_model *model, dynamics_state *state)
{
    const int n = fpl_model_n_descriptors(model);
    if (text == NULL) return 0;
    state->order = calloc((size_t)n, sizeof *state->order);
    if (state->order == NULL) return EXIT_FAULT;
    filling f = {model, state->order, 0};
    const int code = each_piece(text, take_in_order, &f);
    if (code != 0 || f.n == n) return code;
    return message_misuse(tr("--order names all descriptors: here %d, in the model %d"),
                          f.n, n);
}

static int make_speed(const char *text, const fpl_model *model, dynamics_state *state)
{
    const fpl_content *content = fpl_model_content(model);
    const int n = content->descriptors.n;
    if (text == NULL) return 0;
    state->speed = calloc((size_t)n, sizeof *state->speed);
    if (state->speed == NULL) return EXIT_FAULT;
    for (int d = 0; d < n; d++) {
        const fpl_kind kind = content->descriptors.items[d].kind;
        state->speed[d] = kind == FPL_DRIVER ? 2 : kind == FPL_CHOICE ? 1 : 0;
    }
    filling f = {model, state->speed, 0};
    return each_piece(text, take_speed, &f);
}

int dynamics_make(const dynamics_options *options, const command_call *call,
                  const fpl_model *model, fpl_succession usual, fpl_dynamics *dynamics,
                  dynamics_state *state)
{
    const whole *seed = &call->line.shared.seed;
    memset(state, 0, sizeof *state);
    const int rule = options->rule == 0 ? (int)usual : options->rule - 1;
    state->asynchronous = rule == FPL_SUCCESSION_END;
    *dynamics = (fpl_dynamics){.rule = state->asynchronous ? FPL_SUCCESSION_LOCAL
                                                           : (fpl_succession)rule,
                               .memory = options->remember,
                               .seed = seed->given ? (uint64_t)seed->value : 1};
    int code = 0;
    for (int i = 0; i < options->hold.n && code == 0; i++)
        code = settings_parse("--hold", options->hold.items[i], model, &state->held,
                              &state->n_held);
    if (code == 0) code = make_order(options->order, model, state);
    if (code == 0) code = make_speed(options->speed, model, state);
    if (code != 0) dynamics_release(state);
    dynamics->order = state->order;
    dynamics->speed = state->speed;
    return code;
}

void dynamics_release(dynamics_state *state)
{
    free(state->held);
    free(state->order);
    free(state->speed);
    memset(state, 0, sizeof *state);
}
