/* whatif: what a change of the model changes in its answers, and why. */
#include "change.h"
#include "commands.h"
#include "query.h"

#include <stdlib.h>

typedef struct whatif_options {
    texts set, hold, given, grades, sources, coders;
} whatif_options;

static const option_row rows[] = {
    {"set", 0, OPTION_TEXTS, offsetof(whatif_options, set), N_("CHANGE"),
     N_("give a judgement group other scores, 'CONF.easing->LEVEL = 3 0 -1 -2', or one "
        "judgement, 'CONF.easing->LEVEL.L2 = 1'; may be repeated"),
     NULL, NULL, 0, 0},
    {"drop-grade", 0, OPTION_TEXTS, offsetof(whatif_options, grades), N_("GRADE"),
     N_("leave out all judgements of this grade; may be repeated"), NULL, NULL, 0, 0},
    {"drop-source", 0, OPTION_TEXTS, offsetof(whatif_options, sources), N_("SOURCE"),
     N_("leave out all judgements that cite this source; may be repeated"), NULL, NULL, 0,
     0},
    {"drop-coder", 0, OPTION_TEXTS, offsetof(whatif_options, coders), N_("CODER"),
     N_("leave out all judgements of this coder; may be repeated"), NULL, NULL, 0, 0},
    {"hold", 0, OPTION_TEXTS, offsetof(whatif_options, hold), N_("DESCRIPTOR=VARIANT"),
     N_("hold this variant from outside (do), after the change only; may be repeated, or "
        "list several with commas"),
     NULL, NULL, 0, 0},
    {"given", 0, OPTION_TEXTS, offsetof(whatif_options, given), N_("DESCRIPTOR=VARIANT"),
     N_("hold this variant before and after the change"), NULL, NULL, 0, 0},
    {0},
};

/* ---- the changed model ---------------------------------------------------------------------- */

static int add_settings(const fpl_model *model, const char *text,
                        fpl_setting_of_score **settings, int *n)
{
    change c;
    const int code = change_parse(text, model, &c);
    if (code != 0) return code;
    fpl_setting_of_score *grown = realloc(*settings, (size_t)(*n + c.n) * sizeof *grown);
    if (grown == NULL) return EXIT_FAULT;
    *settings = grown;
    for (int i = 0; i < c.n; i++)
        grown[(*n)++] = (fpl_setting_of_score){c.from, c.from_variant, c.to,
                                               c.to_variant >= 0 ? c.to_variant : i,
                                               c.scores[i]};
    return 0;
}

static int vary(command_call *call, const fpl_model *model, fpl_model **changed)
{
    const whatif_options *own = call->line.values;
    fpl_setting_of_score *settings = NULL;
    int n = 0, n_left_out = 0, code = 0;
    for (int i = 0; i < own->set.n && code == 0; i++)
        code = add_settings(model, own->set.items[i], &settings, &n);
    const fpl_variation variation = {.scores = {settings, n},
                                     .grades = {own->grades.items, own->grades.n},
                                     .sources = {own->sources.items, own->sources.n},
                                     .coders = {own->coders.items, own->coders.n}};
    if (code == 0) {
        fpl_error error = call_error();
        const fpl_status status = fpl_model_vary(model, &variation, changed, &n_left_out,
                                                 &error);
        if (status != FPL_OK) code = call_fail(call, &error);
    }
    const int n_dropping = own->grades.n + own->sources.n + own->coders.n;
    if (code == 0 && n_dropping > 0)
        message_verbose(tr("judgement groups left out: %d"), n_left_out);
    if (code == 0 && n_dropping > 0 && n_left_out == 0)
        message_note(tr("no judgement has the grade, source or coder that is left out"));
    free(settings);
    return code;
}

/* ---- holding --------------------------------------------------------------------------------- */

typedef struct holding {
    fpl_fixing *items[2];
    int n[2];
} holding;

static int hold(const whatif_options *own, const fpl_model *const models[2], holding *h)
{
    int code = 0;
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < own->given.n && code == 0; i++)
            code = settings_parse("--given", own->given.items[i], models[side],
                                  &h->items[side], &h->n[side]);
    for (int i = 0; i < own->hold.n && code == 0; i++)
        code = settings_parse("--hold", own->hold.items[i], models[FPL_NEW],
                              &h->items[FPL_NEW], &h->n[FPL_NEW]);
    return code;
}

/* ---- the answer ------------------------------------------------------------------------------ */

static int show(command_call *call, const fpl_model *const models[2], const holding *h)
{
    fpl_comparison_view view = {.models = {models[0], models[1]}};
    fpl_compare_options options = {0};
    fpl_difference *difference = NULL;
    fpl_comparison *comparison = NULL;
    fpl_document *document = NULL;
    fpl_limits limits;
    fpl_error error = call_error();
    call_limits(call, &limits);
    for (int side = 0; side < 2; side++) {
        options.held[side] = view.held[side] = h->items[side];
        options.n_held[side] = view.n_held[side] = h->n[side];
    }
    fpl_status status = fpl_models_diff(models[0], models[1], &difference, &error);
    if (status == FPL_OK)
        status = fpl_compare(models[0], models[1], &options, &limits, &comparison,
                             &error);
    view.difference = difference;
    view.comparison = comparison;
    if (status == FPL_OK)
        status = fpl_result_whatif(&view, &call->words, &document, &error);
    const int code = status == FPL_OK
                         ? call_emit(call, document, models[FPL_NEW], EXIT_ANSWERED)
                         : call_fail(call, &error);
    fpl_comparison_free(comparison);
    fpl_difference_free(difference);
    return code;
}

static int nothing_asked(void)
{
    message_misuse(tr("one model and no change: there is nothing to compare"));
    message_note(
        tr("name a second model, or a change such as --set, --drop-grade or --hold"));
    return EXIT_MISUSE;
}

static int run(command_call *call)
{
    const whatif_options *own = call->line.values;
    const bool two = call->line.n_arguments == 2;
    const int n_changes = own->set.n + own->grades.n + own->sources.n + own->coders.n;
    fpl_model *old = NULL, *second = NULL, *changed = NULL;
    holding h = {0};
    if (!two && n_changes + own->hold.n == 0) return nothing_asked();
    int code = call_load(call, call->line.arguments[0], &old);
    if (code == 0 && two) code = call_load(call, call->line.arguments[1], &second);
    const fpl_model *base = two ? second : old;
    if (code == 0 && n_changes > 0) code = vary(call, base, &changed);
    const fpl_model *const models[] = {old, changed != NULL ? changed : base};
    if (code == 0) code = hold(own, models, &h);
    if (code == 0) code = show(call, models, &h);
    for (int side = 0; side < 2; side++) free(h.items[side]);
    fpl_model_free(changed);
    fpl_model_free(second);
    fpl_model_free(old);
    return code;
}

const command_row command_whatif = {
    .name = "whatif",
    .arguments = N_("MODEL [MODEL2]"),
    .summary = N_("what a change of the model changes in its answers, and why"),
    .description = N_(
        "Set two models side by side: MODEL and MODEL2, or MODEL and itself with the "
        "changes that the options state (with both, the changes are made in MODEL2). "
        "Scenarios lost and gained, rows of the roadmap and verdicts on gates that "
        "change, and why: which descriptor now prefers another variant and by how much, "
        "or which objection is gone, and the judgements that make the difference, with "
        "their reasons and places in the source.\n"
        "First judgements are left out, as if nobody had made them, then --set gives "
        "scores. --hold holds a descriptor from outside, so its own balance is not "
        "tested; a driver that is held spans no rows.\n"
        "Of each model at most 10000 scenarios are looked at, or --limit."),
    .options = rows,
    .values_size = sizeof(whatif_options),
    .shared = SHARE_RESULT | SHARE_SEARCH,
    .least = 1,
    .most = 2,
    .run = run,
};
