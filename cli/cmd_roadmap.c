/* roadmap: every row, and what they say together. */
#include "commands.h"
#include "roadmap.h"

typedef struct own_options {
    roadmap_options roadmap;
    int by;
    int tree;
    const char *row;
} own_options;

static const char *const by_words[] = {"levels", "default", "possible", NULL};
static const char *const tree_words[] = {"smallest", "stated", NULL};

/* The measures of so many rows are noted for programs; of more only if asked. */
enum { ROWS_WITH_MEASURES = 4096 };

static const option_row rows[] = {
    ROADMAP_ROWS(
        N_("rows of more tension are implausible: in brackets, and apart in table "
           "and tree")),
    {"row", 0, OPTION_TEXT, offsetof(own_options, row), N_("DESCRIPTOR=VARIANT,..."),
     N_("show what this row makes of the measures; drivers not named are as at the "
        "start"),
     NULL, NULL, 0, 0},
    {"by", 0, OPTION_WORD, offsetof(own_options, by), N_("ANSWER"),
     N_("what table and tree tell apart: levels, the default and the possible ones; "
        "default or possible alone"),
     "levels", by_words, 0, 0},
    {"tree", 0, OPTION_WORD, offsetof(own_options, tree), N_("ORDER"),
     N_("in which order the tree asks: smallest, with the fewest questions; stated, as "
        "the "
        "drivers are stated"),
     "smallest", tree_words, 0, 0},
    {0},
};

typedef struct parts {
    fpl_answers *answers;
    fpl_decision_table *table;
    fpl_decision_tree *tree;
} parts;

static fpl_status merge(command_call *call, const roadmap_state *state, parts *p,
                        fpl_error *error)
{
    const own_options *own = call->line.values;
    const fpl_answer_options options = {.by = own->by == 0 ? FPL_BY_LEVELS
                                                           : (fpl_answer_by)(own->by - 1),
                                        .use_max_tension = state->use_max_tension,
                                        .max_tension = state->max_tension};
    fpl_limits limits;
    call_limits(call, &limits);
    fpl_status status = fpl_answers_find(state->roadmap, &options, &p->answers, error);
    if (status == FPL_OK)
        status = fpl_decision_table_make(p->answers, &limits, &p->table, error);
    if (status == FPL_OK)
        status = fpl_decision_tree_make(
            p->answers, own->tree == 2 ? FPL_ORDER_STATED : FPL_ORDER_SMALLEST, &p->tree,
            error);
    return status;
}

static int show(command_call *call, const roadmap_state *state)
{
    const own_options *own = call->line.values;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    parts p = {0};
    size_t row = 0;
    int code = 0;
    fpl_roadmap_view view = {.roadmap = state->roadmap,
                             .dynamics = &state->options.dynamics,
                             .plausible = state->use_max_tension
                                              ? state->max_tension
                                              : fpl_model_scale(state->model)};
    if (own->row != NULL) code = roadmap_find_row("--row", own->row, state, &row);
    if (own->row != NULL) view.detail = fpl_roadmap_row(state->roadmap, row);
    if (code != 0) return code;
    fpl_status status = merge(call, state, &p, &error);
    view.answers = p.answers;
    view.table = p.table;
    view.tree = p.tree;
    if (status == FPL_OK)
        status = fpl_result_roadmap(state->model, &view, &call->words, &document, &error);
    code = status == FPL_OK ? call_emit(call, document, state->model, EXIT_ANSWERED)
                            : call_fail(call, &error);
    fpl_decision_tree_free(p.tree);
    fpl_decision_table_free(p.table);
    fpl_answers_free(p.answers);
    return code;
}

static int run(command_call *call)
{
    const own_options *own = call->line.values;
    roadmap_state state;
    int code = roadmap_open(call, &own->roadmap, true, &state);
    if (code == 0) code = show(call, &state);
    roadmap_close(&state);
    return code;
}

const command_row command_roadmap = {
    .name = "roadmap",
    .arguments = N_("MODEL"),
    .summary = N_("which level in which situation: rows, decision table, decision tree"),
    .description = N_(
        "The conditional roadmap. It has a row for each combination of the drivers. Its "
        "default is the level where succession settles with the drivers held; a level is "
        "possible if some completion of the row has it, and necessary if every one has "
        "it. "
        "The tension of a row says how far it is from being a world by itself.\n"
        "The decision table merges rows that say the same into as few lines as can be; "
        "the "
        "decision tree asks one driver after the other, with equal branches drawn once."),
    .options = rows,
    .values_size = sizeof(own_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
