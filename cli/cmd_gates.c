/* gates: what opens each level and each measure. */
#include "commands.h"
#include "roadmap.h"

#include <stdlib.h>
#include <string.h>

typedef struct own_options {
    roadmap_options roadmap;
    texts to;
    int open;
    bool deeper;
} own_options;

static const char *const opening_words[] = {"possible", "necessary", "default", NULL};

static const option_row rows[] = {
    ROADMAP_ROWS(N_("only rows of at most this tension count")),
    {"to", 0, OPTION_TEXTS, offsetof(own_options, to), N_("LEVEL|MEASURE"),
     N_("only the gates to this level or measure; may be repeated"),
     N_("all levels and measures"), NULL, 0, 0},
    {"open", 0, OPTION_WORD, offsetof(own_options, open), N_("WHEN"),
     N_("when a row counts as open: possible, some completion has it; necessary, every "
        "one "
        "has it; default, succession settles there (levels only)"),
     "possible", opening_words, 0, 0},
    {"deeper", 0, OPTION_FLAG, offsetof(own_options, deeper), NULL,
     N_("a level and those beyond it count as one"), NULL, NULL, 0, 0},
    {0},
};

typedef struct aims {
    fpl_gate_aim *items;
    fpl_derived_gates **gates;
    int n;
} aims;

static fpl_level_set levels_of(const fpl_model *model, int level, bool deeper)
{
    const int k = fpl_model_n_variants(model, fpl_model_level(model));
    const fpl_level_set all = ~(fpl_level_set)0 >> (64 - k);
    return deeper ? all & ~(((fpl_level_set)1 << level) - 1) : (fpl_level_set)1 << level;
}

static void add_aim(const command_call *call, const fpl_model *model, int level,
                    int measure, aims *a)
{
    const own_options *own = call->line.values;
    const fpl_opening opening = own->open == 0 ? FPL_OPENS_POSSIBLY
                                               : (fpl_opening)(own->open - 1);
    a->items[a->n++] = (fpl_gate_aim){
        .levels = level < 0 ? 0 : levels_of(model, level, own->deeper),
        .measure = measure,
        .opening = opening};
}

typedef struct known { /* all levels, then all measures */
    const fpl_model *model;
    int n_levels;
} known;

static const char *name_at(const void *context, int i)
{
    const known *k = context;
    if (i < k->n_levels)
        return fpl_model_variant_id(k->model, fpl_model_level(k->model), i);
    return fpl_model_content(k->model)->measures.items[i - k->n_levels].id;
}

static int add_named(const command_call *call, const fpl_model *model, const char *name,
                     aims *a)
{
    const known k = {model, fpl_model_n_variants(model, fpl_model_level(model))};
    const int n = k.n_levels + fpl_model_content(model)->measures.n;
    for (int i = 0; i < n; i++) {
        if (strcmp(name_at(&k, i), name) != 0) continue;
        add_aim(call, model, i < k.n_levels ? i : -1,
                i < k.n_levels ? -1 : i - k.n_levels, a);
        return 0;
    }
    message_misuse(tr("--to: level or measure '%s' is unknown"), name);
    const int nearest = nearest_name(name, name_at, &k, n);
    if (nearest >= 0)
        message_note(tr("did you mean '%s'?"), name_at(&k, nearest));
    else
        message_note(tr("levels are '%s' to '%s'"), name_at(&k, 0),
                     name_at(&k, k.n_levels - 1));
    return EXIT_MISUSE;
}

static int choose_aims(const command_call *call, const fpl_model *model, aims *a)
{
    const own_options *own = call->line.values;
    const int n_levels = fpl_model_n_variants(model, fpl_model_level(model));
    const int n_measures = own->open == 3 ? 0 : fpl_model_content(model)->measures.n;
    const size_t room = (size_t)(n_levels + n_measures + own->to.n);
    int code = 0;
    a->items = calloc(room, sizeof *a->items);
    a->gates = calloc(room, sizeof *a->gates);
    if (a->items == NULL || a->gates == NULL) return EXIT_FAULT;
    for (int i = 0; i < own->to.n && code == 0; i++)
        code = add_named(call, model, own->to.items[i], a);
    for (int k = 0; k < n_levels && own->to.n == 0; k++) add_aim(call, model, k, -1, a);
    for (int m = 0; m < n_measures && own->to.n == 0; m++) add_aim(call, model, -1, m, a);
    return code;
}

static int show(command_call *call, const roadmap_state *state, const aims *a)
{
    const fpl_gate_options options = {.use_max_tension = state->use_max_tension,
                                      .max_tension = state->max_tension};
    fpl_limits limits;
    fpl_gate_verdicts *verdicts = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    call_limits(call, &limits);
    fpl_status status = fpl_gates_verify(state->model, state->roadmap, &options, &limits,
                                         &verdicts, &error);
    for (int i = 0; i < a->n && status == FPL_OK; i++)
        status = fpl_gates_derive(state->roadmap, &a->items[i], &options, &a->gates[i],
                                  &error);
    const fpl_gates_view view = {.roadmap = state->roadmap,
                                 .verdicts = verdicts,
                                 .aims = a->items,
                                 .derived = (const fpl_derived_gates *const *)a->gates,
                                 .n_derived = a->n};
    if (status == FPL_OK)
        status = fpl_result_gates(state->model, &view, &call->words, &document, &error);
    const int code = status == FPL_OK
                         ? call_emit(call, document, state->model, EXIT_ANSWERED)
                         : call_fail(call, &error);
    fpl_gate_verdicts_free(verdicts);
    return code;
}

static int run(command_call *call)
{
    const own_options *own = call->line.values;
    roadmap_state state;
    aims a = {0};
    int code = roadmap_open(call, &own->roadmap, true, &state);
    if (code == 0) code = choose_aims(call, state.model, &a);
    if (code == 0) code = show(call, &state, &a);
    for (int i = 0; i < a.n; i++) fpl_derived_gates_free(a.gates[i]);
    free(a.gates);
    free(a.items);
    roadmap_close(&state);
    return code;
}

const command_row command_gates = {
    .name = "gates",
    .arguments = N_("MODEL"),
    .summary = N_("what opens each level and measure, and whether stated gates hold"),
    .description = N_(
        "The gates that the model states, each with its verdict and a witness; and the "
        "gates that follow from the rows of the roadmap: all sufficient conditions that "
        "cannot be widened and all necessary ones that cannot be narrowed, with the "
        "fewest moves of drivers that lead from the present row to an open one.\n"
        "A measure counts as open where it is admissible: level and stance allow it and "
        "its own gate is open."),
    .options = rows,
    .values_size = sizeof(own_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
