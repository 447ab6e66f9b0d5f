/* The system behind a model: grid, sums with their ranks, components, dominated variants. Loops and
 * paths are in doc_loops.c. */
#include "output/doc_system.h"

#include "base/mem.h"

#include <fahrplan/results.h>

#include <string.h>

typedef struct place_row {
    const char *word; /* for programs */
    const char *name; /* for people */
} place_row;

static const place_row places[FPL_GRID_END] = {
    [FPL_GRID_ACTIVE] = {"active", N_("active")},
    [FPL_GRID_CRITICAL] = {"critical", N_("critical")},
    [FPL_GRID_PASSIVE] = {"passive", N_("passive")},
    [FPL_GRID_BUFFERING] = {"buffering", N_("buffering")},
};

/* ---- for programs -------------------------------------------------------------------------- */

static fpl_value *text(const fpli_maker *maker, const char *words)
{
    return fpl_value_text(maker->document, words);
}

static void list_descriptors(const fpli_maker *maker, fpl_section *section,
                             const fpl_system *system, bool prefer)
{
    static const char *const keys[] = {"id",
                                       "active",
                                       "passive",
                                       "self",
                                       "class",
                                       "active_rank",
                                       "passive_rank",
                                       "indirect_active_rank",
                                       "indirect_passive_rank",
                                       "receives",
                                       "sends",
                                       "component"};
    const fpl_power *direct = fpl_system_power(system, 0);
    const fpl_power *last = fpl_system_power(system, fpl_system_n_powers(system) - 1);
    fpl_document *document = maker->document;
    fpl_table *table = fpl_section_table(section, "descriptors", NULL);
    if (prefer) fpl_table_prefer(table);
    for (int i = 0; i < 12; i++)
        fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int d = 0; d < fpl_system_n_descriptors(system); d++) {
        const fpl_standing *s = fpl_system_standing(system, d);
        fpl_table_row(table);
        fpl_table_cell(table, text(maker, fpli_descriptor_id(maker, d)));
        fpl_table_cell(table, fpli_points_value(maker, s->active));
        fpl_table_cell(table, fpli_points_value(maker, s->passive));
        fpl_table_cell(table, fpli_points_value(maker, s->self));
        fpl_table_cell(table, text(maker, places[s->place].word));
        fpl_table_cell(table, fpl_value_int(document, direct->active_ranks[d]));
        fpl_table_cell(table, fpl_value_int(document, direct->passive_ranks[d]));
        fpl_table_cell(table, fpl_value_int(document, last->active_ranks[d]));
        fpl_table_cell(table, fpl_value_int(document, last->passive_ranks[d]));
        fpl_table_cell(table, fpl_value_bool(document, s->receives));
        fpl_table_cell(table, fpl_value_bool(document, s->sends));
        fpl_table_cell(table, fpl_value_int(document, s->component));
    }
}

static void list_sections(const fpli_maker *maker, fpl_section *section,
                          const fpl_system *system)
{
    static const char *const keys[] = {"from", "to", "strength", "lift", "acts"};
    const fpl_model *model = maker->model;
    fpl_table *table = fpl_section_table(section, "sections", NULL);
    for (int i = 0; i < 5; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    const int n = fpl_system_n_descriptors(system);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const int64_t strength = fpl_system_strength(system, i, j);
            if (strength == 0) continue;
            const bool ordered = fpl_model_is_ordered(model, i) &&
                                 fpl_model_is_ordered(model, j);
            const int64_t lift = fpl_system_lift(system, i, j);
            fpl_table_row(table);
            fpl_table_cell(table, text(maker, fpli_descriptor_id(maker, i)));
            fpl_table_cell(table, text(maker, fpli_descriptor_id(maker, j)));
            fpl_table_cell(table, fpli_points_value(maker, strength));
            fpl_table_cell(table, ordered ? fpli_points_value(maker, lift)
                                          : fpl_value_null(maker->document));
            fpl_table_cell(
                table, fpl_value_bool(maker->document, fpl_system_acts(system, i, j)));
        }
}

static fpl_value *shares(const fpli_maker *maker, int n, const double *values)
{
    fpl_value *map = fpl_value_map(maker->document);
    for (int d = 0; d < n; d++)
        fpl_value_set(map, fpli_descriptor_id(maker, d),
                      fpl_value_real(maker->document, values[d]));
    return map;
}

static fpl_value *ranks(const fpli_maker *maker, int n, const int *values)
{
    fpl_value *map = fpl_value_map(maker->document);
    for (int d = 0; d < n; d++)
        fpl_value_set(map, fpli_descriptor_id(maker, d),
                      fpl_value_int(maker->document, values[d]));
    return map;
}

static void list_powers(const fpli_maker *maker, fpl_section *section,
                        const fpl_system *system)
{
    static const char *const keys[] = {"power",        "exact",   "active",
                                       "active_ranks", "passive", "passive_ranks"};
    const int n = fpl_system_n_descriptors(system);
    fpl_section_field(section, "ranking_stays", NULL,
                      fpl_value_bool(maker->document, fpl_system_ranking_stays(system)));
    fpl_table *table = fpl_section_table(section, "powers", NULL);
    for (int i = 0; i < 6; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int k = 0; k < fpl_system_n_powers(system); k++) {
        const fpl_power *power = fpl_system_power(system, k);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_int(maker->document, k + 1));
        fpl_table_cell(table, fpl_value_bool(maker->document, power->exact));
        fpl_table_cell(table, shares(maker, n, power->active_shares));
        fpl_table_cell(table, ranks(maker, n, power->active_ranks));
        fpl_table_cell(table, shares(maker, n, power->passive_shares));
        fpl_table_cell(table, ranks(maker, n, power->passive_ranks));
    }
}

static void list_components(const fpli_maker *maker, fpl_section *section,
                            const fpl_system *system)
{
    fpl_table *table = fpl_section_table(section, "components", NULL);
    fpl_table_column(table, "descriptors", NULL, FPL_COLUMN_HIDDEN);
    for (int c = 0; c < fpl_system_n_components(system); c++) {
        int n = 0;
        const uint16_t *members = fpl_system_component(system, c, &n);
        fpl_table_row(table);
        fpl_table_cell(table, fpli_ids_value(maker, members, n));
    }
}

static void list_dominated(const fpli_maker *maker, fpl_section *section,
                           const fpl_system *system)
{
    static const char *const keys[] = {"descriptor", "variant", "rival", "best"};
    fpl_table *table = fpl_section_table(section, "dominated", NULL);
    for (int i = 0; i < 4; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t k = 0; k < fpl_system_n_dominated(system); k++) {
        const fpl_dominated *d = fpl_system_dominated(system, k);
        fpl_table_row(table);
        fpl_table_cell(table, text(maker, fpli_descriptor_id(maker, d->descriptor)));
        fpl_table_cell(table,
                       text(maker, fpli_variant_id(maker, d->descriptor, d->variant)));
        fpl_table_cell(table,
                       text(maker, fpli_variant_id(maker, d->descriptor, d->rival)));
        fpl_table_cell(table, fpli_points_value(maker, d->best));
    }
}

/* ---- for people: grid and sums ------------------------------------------------------------- */

/* Descriptors of one class, the larger sum first: how much they act, of passive ones how much they
 * are acted on. Into order, which has room for all; returns their number. */
static int members_of(const fpl_system *system, fpl_grid_class place, int *order)
{
    int n = 0;
    for (int d = 0; d < fpl_system_n_descriptors(system); d++) {
        const fpl_standing *s = fpl_system_standing(system, d);
        if (s->place != place) continue;
        int at = n++;
        for (; at > 0; at--) {
            const fpl_standing *before = fpl_system_standing(system, order[at - 1]);
            const bool later = place == FPL_GRID_PASSIVE ? before->passive >= s->passive
                                                         : before->active >= s->active;
            if (later) break;
            order[at] = order[at - 1];
        }
        order[at] = d;
    }
    return n;
}

/* "critical: Level, Confrontation". */
static fpl_value *quadrant(const fpli_maker *maker, const fpl_system *system,
                           fpl_grid_class place, int *order)
{
    const int n = members_of(system, place, order);
    const char *line = "";
    for (int k = 0; k < n; k++)
        line = fpli_textf(maker->document, "%s%s%s", line, k > 0 ? ", " : "",
                          fpli_descriptor_words(maker, order[k]));
    const char *name = fpli_tr(maker->words, places[place].name);
    return text(maker, n == 0 ? fpli_textf(maker->document,
                                           fpli_tr(maker->words, N_("%s: none")), name)
                              : fpli_textf(maker->document, "%s: %s", name, line));
}

static void show_grid(const fpli_maker *maker, fpl_section *root,
                      const fpl_system *system, int *order)
{
    const fpl_output_options *words = maker->words;
    fpl_section *section = fpl_section_add(root, NULL, fpli_tr(words, N_("System grid")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, "", FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Little acted on")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Much acted on")), FPL_COLUMN_WRAP);
    fpl_table_row(table);
    fpl_table_cell(table, text(maker, fpli_tr(words, N_("Acts much"))));
    fpl_table_cell(table, quadrant(maker, system, FPL_GRID_ACTIVE, order));
    fpl_table_cell(table, quadrant(maker, system, FPL_GRID_CRITICAL, order));
    fpl_table_row(table);
    fpl_table_cell(table, text(maker, fpli_tr(words, N_("Acts little"))));
    fpl_table_cell(table, quadrant(maker, system, FPL_GRID_BUFFERING, order));
    fpl_table_cell(table, quadrant(maker, system, FPL_GRID_PASSIVE, order));
}

/* "3 → 2", or "3" if it stays. */
static fpl_value *rank_words(const fpli_maker *maker, int direct, int indirect)
{
    const bool ascii = maker->words != NULL && maker->words->ascii;
    const char *words = fpli_textf(maker->document, "%d", direct);
    if (direct != indirect)
        words = fpli_textf(maker->document, ascii ? "%d->%d" : "%d \xE2\x86\x92 %d",
                           direct, indirect);
    return text(maker, words);
}

static void show_standing(const fpli_maker *maker, fpl_table *table,
                          const fpl_system *system, int d)
{
    const fpl_standing *s = fpl_system_standing(system, d);
    const fpl_power *direct = fpl_system_power(system, 0);
    const fpl_power *last = fpl_system_power(system, fpl_system_n_powers(system) - 1);
    fpl_table_row(table);
    fpl_table_cell(table, text(maker, fpli_descriptor_id(maker, d)));
    fpl_table_cell(table, text(maker, fpli_descriptor_words(maker, d)));
    fpl_table_cell(table, fpli_points_value(maker, s->active));
    fpl_table_cell(table,
                   rank_words(maker, direct->active_ranks[d], last->active_ranks[d]));
    fpl_table_cell(table, fpli_points_value(maker, s->passive));
    fpl_table_cell(table,
                   rank_words(maker, direct->passive_ranks[d], last->passive_ranks[d]));
    fpl_table_cell(table, text(maker, fpli_tr(maker->words, places[s->place].name)));
}

static void say_ranks(const fpli_maker *maker, fpl_section *section,
                      const fpl_system *system)
{
    const fpl_output_options *words = maker->words;
    const int n = fpl_system_n_powers(system);
    if (n == 1)
        fpl_section_say(section, fpli_tr(words, N_("The ranks are those of the sums.")));
    else if (fpl_system_powers_end(system))
        fpli_sayf(section,
                  fpli_tr(words, N_("An arrow leads from the rank by direct influence to "
                                    "the rank with indirect influence: power %d of the "
                                    "direct matrix, the last that is not zero.")),
                  n);
    else if (fpl_system_ranking_stays(system))
        fpli_sayf(
            section,
            fpli_tr(words, N_("An arrow leads from the rank by direct influence to "
                              "the rank with indirect influence: power %d of the "
                              "direct matrix, which ranks as the power before it.")),
            n);
    else
        fpli_sayf(section,
                  fpli_tr(words, N_("An arrow leads from the rank by direct influence to "
                                    "the rank with indirect influence: power %d of the "
                                    "direct matrix, where the ranking still changes.")),
                  n);
}

static void say_mean(const fpli_maker *maker, fpl_section *section,
                     const fpl_system *system)
{
    const fpl_output_options *words = maker->words;
    const int n = fpl_system_n_descriptors(system);
    const double mean = (double)fpl_system_total(system) / n /
                        fpl_model_denominator(maker->model);
    /* In tenths, so that a comma stands where the reader wants it. */
    const char *figure = fpli_points(maker->document, words, (int64_t)(mean * 10 + 0.5),
                                     10, false);
    fpli_sayf(section,
              fpli_tr(words, N_("A sum adds the absolute values of all judgements on "
                                "others (active) or by others (passive). Much is more "
                                "than the mean, %s.")),
              figure);
    const char *list = "";
    for (int d = 0; d < n; d++)
        if (fpl_system_standing(system, d)->self > 0)
            list = fpli_textf(maker->document, "%s%s%s", list, *list != '\0' ? ", " : "",
                              fpli_descriptor_id(maker, d));
    if (*list != '\0')
        fpli_sayf(section,
                  fpli_tr(words, N_("Judgements of a descriptor on itself are in no sum; "
                                    "the model has such: %s.")),
                  list);
}

static void show_sums(const fpli_maker *maker, fpl_section *root,
                      const fpl_system *system, int *order)
{
    const fpl_output_options *words = maker->words;
    fpl_section *section = fpl_section_add(root, NULL,
                                           fpli_tr(words, N_("Active and passive sums")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Id")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Descriptor")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("active")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("rank")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("passive")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("rank")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("class")), FPL_COLUMN_PLAIN);
    for (int place = 0; place < FPL_GRID_END; place++) {
        const int n = members_of(system, (fpl_grid_class)place, order);
        for (int k = 0; k < n; k++) show_standing(maker, table, system, order[k]);
    }
    say_mean(maker, section, system);
    say_ranks(maker, section, system);
}

/* ---- for people: components and dominated variants ----------------------------------------- */

static const char *ids_words(const fpli_maker *maker, const uint16_t *descriptors, int n)
{
    const char *line = "";
    for (int k = 0; k < n; k++)
        line = fpli_textf(maker->document, "%s%s%s", line, k > 0 ? ", " : "",
                          fpli_descriptor_id(maker, descriptors[k]));
    return line;
}

/* Descriptors with these two properties, as a field. */
static void show_kind(const fpli_maker *maker, fpl_section *section,
                      const fpl_system *system, bool receives, bool sends,
                      const char *label)
{
    const char *line = "";
    for (int d = 0; d < fpl_system_n_descriptors(system); d++) {
        const fpl_standing *s = fpl_system_standing(system, d);
        if (s->receives != receives || s->sends != sends) continue;
        line = fpli_textf(maker->document, "%s%s%s", line, *line != '\0' ? ", " : "",
                          fpli_descriptor_id(maker, d));
    }
    if (*line != '\0') fpl_section_field(section, NULL, label, text(maker, line));
}

static void show_components(const fpli_maker *maker, fpl_section *root,
                            const fpl_system *system)
{
    const fpl_output_options *words = maker->words;
    const int n = fpl_system_n_components(system);
    const char *heading = fpli_textf(maker->document, "%s: %d",
                                     fpli_tr(words, N_("Components")), n);
    fpl_section *section = fpl_section_add(root, NULL, heading);
    show_kind(maker, section, system, false, true,
              fpli_tr(words, N_("Autonomous (not acted on)")));
    show_kind(maker, section, system, true, false,
              fpli_tr(words, N_("Sink (acts on nothing)")));
    show_kind(maker, section, system, false, false,
              fpli_tr(words, N_("Isolated (both of these)")));
    if (n == 1) {
        fpl_section_say(
            section,
            fpli_tr(words, N_("Every descriptor reaches every other, directly or through "
                              "others.")));
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, "", FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Descriptors")), FPL_COLUMN_WRAP);
    for (int c = 0; c < n; c++) {
        int size = 0;
        const uint16_t *members = fpl_system_component(system, c, &size);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_int(maker->document, c + 1));
        fpl_table_cell(table, text(maker, ids_words(maker, members, size)));
    }
    fpl_section_say(section,
                    fpli_tr(words, N_("Inside a component each descriptor reaches each "
                                      "other; between components influence leads "
                                      "downwards only.")));
}

static void show_dominated(const fpli_maker *maker, fpl_section *root,
                           const fpl_system *system)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    const size_t n = fpl_system_n_dominated(system);
    if (n == 0) {
        fpl_section_say(root,
                        fpli_tr(words, N_("No variant is dominated: none falls behind "
                                          "the same rival in every scenario.")));
        return;
    }
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_textf(document, "%s: %zu",
                   fpli_tr(words, N_("Variants that no scenario can ever choose")), n));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Variant")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Rival")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("behind by at least")),
                     FPL_COLUMN_RIGHT);
    for (size_t k = 0; k < n; k++) {
        const fpl_dominated *d = fpl_system_dominated(system, k);
        const char *descriptor = fpli_descriptor_id(maker, d->descriptor);
        const char *variant = fpli_variant_id(maker, d->descriptor, d->variant);
        const char *rival = fpli_variant_id(maker, d->descriptor, d->rival);
        fpl_table_row(table);
        fpl_table_cell(table,
                       text(maker, fpli_textf(document, "%s.%s", descriptor, variant)));
        fpl_table_cell(table,
                       text(maker, fpli_textf(document, "%s.%s", descriptor, rival)));
        fpl_table_cell(table, fpli_points_value(maker, -d->best));
    }
}

/* ---- all of it ----------------------------------------------------------------------------- */

/* What to ask next: how the most active descriptor reaches the level, or the most passive one. */
static void say_next(const fpli_maker *maker, fpl_section *root, const fpl_system *system)
{
    int from = 0, to = fpl_model_level(maker->model);
    const fpl_power *direct = fpl_system_power(system, 0);
    for (int d = 0; d < fpl_system_n_descriptors(system); d++) {
        if (to < 0 && direct->passive_ranks[d] == 1) to = d;
        if (d != to &&
            (from == to || direct->active_ranks[d] < direct->active_ranks[from]))
            from = d;
    }
    if (from == to || fpl_system_n_influences(system) == 0) return;
    const char *ends = fpli_textf(maker->document, "--paths %s,%s",
                                  fpli_descriptor_id(maker, from),
                                  fpli_descriptor_id(maker, to));
    const char *sentence = fpli_textf(
        maker->document,
        fpli_tr(maker->words, N_("On which paths \"%s\" acts on \"%s\"")),
        fpli_descriptor_words(maker, from), fpli_descriptor_words(maker, to));
    fpl_section_next(root, fpli_command(maker, "system", ends), sentence);
}

static void show_system(const fpli_maker *maker, fpl_section *root,
                        const fpl_system *system)
{
    const int n = fpl_system_n_descriptors(system);
    int *order = fpli_new((size_t)n, sizeof *order);
    if (order == NULL) {
        maker->document->status = FPL_E_MEMORY;
        return;
    }
    fpli_sayf(
        root,
        fpli_tr(maker->words, N_("Descriptors: %d. Influences: %d of %d possible.")), n,
        fpl_system_n_influences(system), n * (n - 1));
    show_grid(maker, root, system, order);
    show_sums(maker, root, system, order);
    fpli_free(order);
    fpli_show_loops(maker, root, system);
    show_components(maker, root, system);
    show_dominated(maker, root, system);
    if (fpl_system_n_loops(system) > 0)
        fpl_section_next(root, fpli_command(maker, "system", "--loops"),
                         fpli_tr(maker->words, N_("All loops")));
    say_next(maker, root, system);
}

fpl_status fpl_result_system(const fpl_model *model, const fpl_system *system,
                             bool all_loops, const fpl_output_options *words,
                             fpl_document **document, fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-system", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpli_stopped(&maker, fpl_system_stop(system));
    fpl_section_field(root, "n_influences", NULL,
                      fpl_value_int(maker.document, fpl_system_n_influences(system)));
    fpl_section_field(root, "total", NULL,
                      fpli_points_value(&maker, fpl_system_total(system)));
    list_descriptors(&maker, root, system, !all_loops);
    list_sections(&maker, root, system);
    list_powers(&maker, root, system);
    list_components(&maker, root, system);
    list_dominated(&maker, root, system);
    fpli_list_loops(&maker, root, system, all_loops);
    if (all_loops)
        fpli_show_all_loops(&maker, root, system);
    else
        show_system(&maker, root, system);
    return fpli_finish(&maker, document, error);
}
