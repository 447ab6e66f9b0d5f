/* The result of the command loops: loops of influence, traps, claims that make themselves true, and
 * levels that stay. */
#include "output/doc_roadmap.h"
#include "output/doc_system.h"

#include <fahrplan/results.h>

enum { TRAPS_SHOWN = 12, ROWS_SHOWN = 20, NAMED_ROWS = 3 };

typedef struct page {
    fpli_maker maker;
    const fpl_loops_view *view;
} page;

static const char *const answers[] = {
    [FPL_CLAIM_INERT] = "inert",       [FPL_CLAIM_SELF_FULFILLING] = "self-fulfilling",
    [FPL_CLAIM_PROVOKED] = "provoked", [FPL_CLAIM_SELF_DEFEATING] = "self-defeating",
    [FPL_CLAIM_NOT_HELD] = "not-held",
};

static bool row_counts(const page *p, size_t row)
{
    return !p->view->use_max_tension ||
           fpl_roadmap_row(p->view->roadmap, row)->tension <= p->view->max_tension;
}

static void put(const page *p, fpl_table *table, const char *text, fpl_tone tone)
{
    fpl_table_cell(table, fpl_value_tone(fpl_value_text(p->maker.document, text), tone));
}

/* ---- traps ---------------------------------------------------------------------------------- */

static void list_traps(const page *p, fpl_section *root)
{
    const fpl_traps *traps = p->view->traps;
    fpl_table *table = fpl_section_table(root, "traps", NULL);
    fpl_table_column(table, "members", NULL, FPL_COLUMN_HIDDEN | FPL_COLUMN_WHOLE);
    fpl_table_column(table, "slack", NULL, FPL_COLUMN_HIDDEN);
    for (size_t t = 0; t < fpl_traps_n(traps); t++) {
        const fpl_trap *trap = fpl_traps_get(traps, t);
        fpl_table_row(table);
        fpl_table_cell(table, fpli_fixings(&p->maker, trap->members, trap->n));
        fpl_table_cell(table, fpli_points_value(&p->maker, trap->slack));
    }
}

static void show_traps(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const fpl_traps *traps = p->view->traps;
    const size_t n = fpl_traps_n(traps);
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_counted(p->maker.document, words, n, N_("%s trap: a self-sustaining core"),
                     N_("%s traps: self-sustaining cores")));
    if (n == 0) {
        fpli_sayf(section,
                  fpli_tr(words, N_("No variants of up to %d descriptors hold each other "
                                    "whatever the others do.")),
                  p->view->trap_size);
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("hold each other")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("slack")), FPL_COLUMN_RIGHT);
    for (size_t t = 0; t < n && t < TRAPS_SHOWN; t++) {
        const fpl_trap *trap = fpl_traps_get(traps, t);
        fpl_table_row(table);
        put(p, table, fpli_holding(&p->maker, trap->members, trap->n, " + "),
            FPL_TONE_PLAIN);
        put(p, table,
            fpli_points(p->maker.document, words, trap->slack,
                        fpl_model_denominator(p->maker.model), false),
            FPL_TONE_PLAIN);
    }
    if (n > TRAPS_SHOWN)
        fpli_sayf(section, fpli_tr(words, N_("And %zu more; --format json has all.")),
                  n - TRAPS_SHOWN);
}

/* ---- claims --------------------------------------------------------------------------------- */

static const fpl_claim_trial *trial_of(const page *p, int claim, size_t row)
{
    return fpl_claim_trials_get(p->view->trials, claim, row);
}

static void list_claims(const page *p, fpl_section *root)
{
    static const char *const keys[] = {"claim",       "drivers",   "answer",
                                       "fact_before", "fact_held", "fact_after"};
    const fpl_content *content = fpl_model_content(p->maker.model);
    fpl_document *document = p->maker.document;
    fpl_table *table = fpl_section_table(root, "claims", NULL);
    fpl_table_prefer(table);
    for (int i = 0; i < 6; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int k = 0; k < content->claims.n; k++)
        for (size_t r = 0; r < fpl_roadmap_n_rows(p->view->roadmap); r++) {
            const fpl_claim_trial *t = trial_of(p, k, r);
            fpl_table_row(table);
            fpl_table_cell(table, fpl_value_text(document, content->claims.items[k].id));
            fpl_table_cell(table, fpli_row_setting(&p->maker, p->view->roadmap,
                                                   fpl_roadmap_row(p->view->roadmap, r)));
            fpl_table_cell(table, fpl_value_text(document, answers[t->answer]));
            fpl_table_cell(table, fpl_value_bool(document, t->fact_before));
            fpl_table_cell(table, fpl_value_bool(document, t->fact_held));
            fpl_table_cell(table, fpl_value_bool(document, t->fact_after));
        }
}

static void show_claims(const page *p, fpl_section *root)
{
    static const char *const heads[] = {
        [FPL_CLAIM_INERT] = N_("inert"),
        [FPL_CLAIM_SELF_FULFILLING] = N_("self-fulfilling"),
        [FPL_CLAIM_PROVOKED] = N_("provoked"),
        [FPL_CLAIM_SELF_DEFEATING] = N_("self-defeating"),
        [FPL_CLAIM_NOT_HELD] = N_("cannot be held"),
    };
    static const fpl_claim_answer order[] = {FPL_CLAIM_SELF_FULFILLING,
                                             FPL_CLAIM_PROVOKED, FPL_CLAIM_SELF_DEFEATING,
                                             FPL_CLAIM_INERT};
    const fpl_output_options *words = p->maker.words;
    const fpl_content *content = fpl_model_content(p->maker.model);
    size_t n_rows = 0;
    for (size_t r = 0; r < fpl_roadmap_n_rows(p->view->roadmap); r++)
        n_rows += row_counts(p, r);
    fpl_section *section = fpl_section_add(root, NULL,
                                           fpli_counted(p->maker.document, words, n_rows,
                                                        N_("Claims, tested in %s row"),
                                                        N_("Claims, tested in %s rows")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("claim")), FPL_COLUMN_WRAP);
    for (int i = 0; i < 4; i++)
        fpl_table_column(table, NULL, fpli_tr(words, heads[order[i]]), FPL_COLUMN_RIGHT);
    for (int k = 0; k < content->claims.n; k++) {
        size_t n[FPL_CLAIM_ANSWER_END] = {0};
        const fpl_claim *claim = &content->claims.items[k];
        for (size_t r = 0; r < fpl_roadmap_n_rows(p->view->roadmap); r++)
            n[trial_of(p, k, r)->answer] += row_counts(p, r);
        fpl_table_row(table);
        put(p, table, fpl_text_in(&claim->name, fpli_language(words)), FPL_TONE_PLAIN);
        for (int i = 0; i < 4; i++)
            put(p, table,
                n[order[i]] == 0 ? "" : fpli_textf(p->maker.document, "%zu", n[order[i]]),
                order[i] == FPL_CLAIM_SELF_FULFILLING ? FPL_TONE_ALERT : FPL_TONE_PLAIN);
    }
    fpl_section_say(
        section,
        fpli_tr(words,
                N_("Self-fulfilling: what the claim says was not there, and stays when "
                   "the claim is let go. Provoked: it is there only while the claim "
                   "is held. Self-defeating: it was there, and is gone. Inert: the "
                   "claim makes no difference.")));
}

/* ---- hysteresis ----------------------------------------------------------------------------- */

static void list_hysteresis(const page *p, fpl_section *root)
{
    fpl_value *table = fpl_value_list(p->maker.document);
    const size_t n = fpl_roadmap_n_rows(p->view->roadmap);
    for (size_t x = 0; x < n; x++) {
        fpl_value *line = fpl_value_list(p->maker.document);
        for (size_t y = 0; y < n; y++)
            fpl_value_append(
                line, fpli_level_list(&p->maker,
                                      fpl_hysteresis_get(p->view->hysteresis, x, y)));
        fpl_value_append(table, line);
    }
    fpl_section_field(root, "hysteresis", NULL, table);
    fpl_section_field(root, "locked", NULL,
                      fpl_value_int(p->maker.document, (int64_t)fpl_hysteresis_n_locked(
                                                           p->view->hysteresis)));
}

static const char *row_words(const page *p, size_t row)
{
    const fpl_row *r = fpl_roadmap_row(p->view->roadmap, row);
    const char *text = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(p->view->roadmap); i++)
        text = fpli_textf(p->maker.document, "%s%s%s", text, i > 0 ? ", " : "",
                          fpli_variant_words(&p->maker,
                                             fpl_roadmap_drivers(p->view->roadmap)[i],
                                             r->drivers[i]));
    return text;
}

static bool is_locked(const page *p, size_t x, size_t y)
{
    return row_counts(p, x) && row_counts(p, y) &&
           fpl_hysteresis_is_locked(p->view->hysteresis, x, y);
}

/* The first rows in which the level stays, and how many more. */
static const char *stays_words(const page *p, size_t x, size_t *n)
{
    const char *text = "";
    *n = 0;
    for (size_t y = 0; y < fpl_roadmap_n_rows(p->view->roadmap); y++) {
        if (!is_locked(p, x, y)) continue;
        if (++*n <= NAMED_ROWS)
            text = fpli_textf(p->maker.document, "%s%s%s", text, *n > 1 ? "; " : "",
                              row_words(p, y));
    }
    if (*n > NAMED_ROWS) text = fpli_textf(p->maker.document, "%s; ...", text);
    return text;
}

static void show_hysteresis(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const size_t n = fpl_roadmap_n_rows(p->view->roadmap);
    size_t pairs = 0, shown = 0;
    for (size_t x = 0; x < n; x++)
        for (size_t y = 0; y < n; y++) pairs += is_locked(p, x, y);
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_counted(p->maker.document, words, pairs,
                     N_("Lock-in: %s move between rows leaves the level behind"),
                     N_("Lock-in: %s moves between rows leave the level behind")));
    if (pairs == 0) {
        fpl_section_say(section, fpli_tr(words, N_("Every level goes when the row that "
                                                   "brought it goes.")));
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("settled in")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("level")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("rows")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL,
                     fpli_tr(words, N_("stays in, though not their default")),
                     FPL_COLUMN_WRAP);
    for (size_t x = 0; x < n && shown < ROWS_SHOWN; x++) {
        size_t stays = 0;
        const char *where = stays_words(p, x, &stays);
        if (stays == 0) continue;
        shown++;
        fpl_table_row(table);
        put(p, table, row_words(p, x), FPL_TONE_PLAIN);
        put(p, table,
            fpli_level_numbers(&p->maker, fpl_hysteresis_get(p->view->hysteresis, x, x)),
            FPL_TONE_STRONG);
        put(p, table, fpli_textf(p->maker.document, "%zu", stays), FPL_TONE_PLAIN);
        put(p, table, where, FPL_TONE_PLAIN);
    }
}

/* ---- scenarios to which drivers are set ------------------------------------------------------ */

static void list_locks(const page *p, fpl_section *root)
{
    static const char *const keys[] = {"from", "levels_before", "levels", "members"};
    fpl_document *document = p->maker.document;
    const size_t n = (size_t)fpl_model_n_descriptors(p->maker.model);
    const int level = fpl_model_level(p->maker.model);
    fpl_section_field(root, "lock", NULL,
                      fpli_fixings(&p->maker, p->view->lock, p->view->n_lock));
    fpl_table *table = fpl_section_table(root, "locks", NULL);
    for (int i = 0; i < 4; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t s = 0; s < fpl_scenarios_n(p->view->scenarios); s++) {
        const fpl_attractor *end = &p->view->ends[s];
        const uint16_t *z = fpl_scenarios_get(p->view->scenarios, s);
        fpl_value *members = fpl_value_list(document);
        fpl_level_set after = 0;
        for (size_t i = 0; i < end->length; i++) {
            fpl_value_append(members,
                             fpli_scenario_index(&p->maker, end->members + i * n));
            after |= (fpl_level_set)1 << end->members[i * n + (size_t)level];
        }
        fpl_table_row(table);
        fpl_table_cell(table, fpli_scenario_index(&p->maker, z));
        fpl_table_cell(table, fpli_level_list(&p->maker, (fpl_level_set)1 << z[level]));
        fpl_table_cell(table, fpli_level_list(&p->maker, after));
        fpl_table_cell(table, members);
    }
}

static void show_locks(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const size_t n = (size_t)fpl_model_n_descriptors(p->maker.model);
    const int level = fpl_model_level(p->maker.model);
    const int stance = fpl_model_stance(p->maker.model);
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_textf(p->maker.document, fpli_tr(words, N_("What stays when %s is set")),
                   fpli_holding(&p->maker, p->view->lock, p->view->n_lock, ", ")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Scenario")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("level")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("then")), FPL_COLUMN_RIGHT);
    if (stance >= 0)
        fpl_table_column(table, NULL, fpli_descriptor_words(&p->maker, stance),
                         FPL_COLUMN_WRAP);
    for (size_t s = 0; s < fpl_scenarios_n(p->view->scenarios); s++) {
        const fpl_attractor *end = &p->view->ends[s];
        const uint16_t *z = fpl_scenarios_get(p->view->scenarios, s);
        fpl_level_set after = 0;
        for (size_t i = 0; i < end->length; i++)
            after |= (fpl_level_set)1 << end->members[i * n + (size_t)level];
        const fpl_level_set before = (fpl_level_set)1 << z[level];
        fpl_table_row(table);
        put(p, table, fpli_textf(p->maker.document, "%zu", s + 1), FPL_TONE_PLAIN);
        put(p, table, fpli_level_numbers(&p->maker, before), FPL_TONE_PLAIN);
        put(p, table, fpli_level_numbers(&p->maker, after),
            before == after && z[level] > 0 ? FPL_TONE_ALERT : FPL_TONE_PLAIN);
        if (stance < 0) continue;
        const int now = end->length > 0 ? end->members[stance] : z[stance];
        put(p, table,
            now == z[stance]
                ? fpli_variant_words(&p->maker, stance, now)
                : fpli_textf(p->maker.document, "%s > %s",
                             fpli_variant_words(&p->maker, stance, z[stance]),
                             fpli_variant_words(&p->maker, stance, now)),
            FPL_TONE_PLAIN);
    }
}

/* ---- all of it ------------------------------------------------------------------------------ */

static fpl_stop worst_stop(const fpl_loops_view *view)
{
    fpl_stop stop = fpl_traps_stop(view->traps);
    if (stop == FPL_COMPLETE && view->roadmap != NULL)
        stop = fpl_roadmap_stop(view->roadmap);
    if (stop == FPL_COMPLETE && view->trials != NULL)
        stop = fpl_claim_trials_stop(view->trials);
    if (stop == FPL_COMPLETE && view->hysteresis != NULL)
        stop = fpl_hysteresis_stop(view->hysteresis);
    return stop;
}

fpl_status fpl_result_loops(const fpl_model *model, const fpl_loops_view *view,
                            const fpl_output_options *words, fpl_document **document,
                            fpl_error *error)
{
    page p = {.view = view};
    fpl_status status = fpli_begin(&p.maker, "fahrplan-loops", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(p.maker.document);
    const bool claims = view->trials != NULL && fpl_model_content(model)->claims.n > 0;
    fpli_stopped(&p.maker, worst_stop(view));
    if (view->lock != NULL) {
        list_locks(&p, root);
        show_locks(&p, root);
        return fpli_finish(&p.maker, document, error);
    }
    fpli_list_loops(&p.maker, root, view->system, false);
    list_traps(&p, root);
    if (claims) list_claims(&p, root);
    if (view->hysteresis != NULL) list_hysteresis(&p, root);
    fpli_show_loops(&p.maker, root, view->system);
    show_traps(&p, root);
    if (claims) show_claims(&p, root);
    if (view->hysteresis != NULL) show_hysteresis(&p, root);
    return fpli_finish(&p.maker, document, error);
}
