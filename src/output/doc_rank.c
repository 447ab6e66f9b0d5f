/* The distribution of total tension over all scenarios, and where one of them stands. */
#include "output/parts.h"

#include <fahrplan/results.h>

enum { SINGLE = 8, CLASSES = 12, BAR = 28 };

static void list_histogram(const fpli_maker *maker, fpl_section *section,
                           const fpl_tension_distribution *distribution)
{
    fpl_table *table = fpl_section_table(section, "histogram", NULL);
    fpl_table_column(table, "total_tension", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "count", NULL, FPL_COLUMN_HIDDEN);
    for (size_t t = 0; t < distribution->n_bins; t++) {
        fpl_table_row(table);
        fpl_table_cell(table, fpli_points_value(maker, (int64_t)t));
        fpl_table_cell(table,
                       fpl_value_count(maker->document, &distribution->frequency[t]));
    }
}

static const char *points(const fpli_maker *maker, size_t t)
{
    return fpli_points(maker->document, maker->words, (int64_t)t,
                       fpl_model_denominator(maker->model), false);
}

static const char *bar(const fpli_maker *maker, double share)
{
    const char *text = "";
    int n = (int)(share * BAR + 0.5);
    bool ascii = maker->words != NULL && maker->words->ascii;
    for (int i = 0; i < n; i++)
        text = fpli_textf(maker->document, "%s%s", text, ascii ? "#" : "\xE2\x96\x88");
    return text;
}

/* Scenarios with T in from..end-1, and those below end. */
typedef struct part {
    size_t from, end;
    fpl_count number, up_to;
} part;

static fpl_status sum_parts(const fpl_tension_distribution *distribution, part *parts,
                            int n)
{
    fpl_count sum = {0};
    fpl_status status = FPL_OK;
    for (int p = 0; p < n && status == FPL_OK; p++) {
        for (size_t t = parts[p].from; t < parts[p].end && status == FPL_OK; t++)
            status = fpl_count_add(&parts[p].number, &distribution->frequency[t]);
        if (status == FPL_OK) status = fpl_count_add(&sum, &parts[p].number);
        if (status == FPL_OK) status = fpl_count_copy(&parts[p].up_to, &sum);
    }
    fpl_count_clear(&sum);
    return status;
}

/* The first values of T one by one, the rest in classes of equal width. */
static int divide(size_t n_bins, part *parts)
{
    int n = 0;
    size_t t = 0;
    for (; t < n_bins && n < SINGLE; t++) parts[n++] = (part){.from = t, .end = t + 1};
    size_t width = (n_bins - t + CLASSES - 1) / CLASSES;
    for (; t < n_bins; t += width)
        parts[n++] = (part){.from = t, .end = t + width < n_bins ? t + width : n_bins};
    return n;
}

static void show_part(const fpli_maker *maker, fpl_table *table, const part *p,
                      double largest)
{
    fpl_document *document = maker->document;
    bool ascii = maker->words != NULL && maker->words->ascii;
    const char *range = points(maker, p->from);
    if (p->end > p->from + 1)
        range = fpli_textf(document, ascii ? "%s-%s" : "%s\xE2\x80\x93%s", range,
                           points(maker, p->end - 1));
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, range));
    fpl_table_cell(table, fpl_value_count(document, &p->number));
    fpl_table_cell(table, fpl_value_count(document, &p->up_to));
    double share = largest > 0 ? fpl_count_to_double(&p->number) / largest : 0;
    fpl_table_cell(table, fpl_value_text(document, bar(maker, share)));
}

static void show_histogram(const fpli_maker *maker, fpl_section *section,
                           const fpl_tension_distribution *distribution)
{
    part parts[SINGLE + CLASSES + 1] = {{0}};
    int n = divide(distribution->n_bins, parts);
    double largest = 0;
    if (sum_parts(distribution, parts, n) != FPL_OK)
        maker->document->status = FPL_E_MEMORY;
    for (int p = 0; p < n; p++) {
        double number = fpl_count_to_double(&parts[p].number);
        if (number > largest) largest = number;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(maker->words, N_("Total tension")),
                     FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(maker->words, N_("Scenarios")),
                     FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(maker->words, N_("so far")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, "", FPL_COLUMN_PLAIN);
    for (int p = 0; p < n; p++) {
        show_part(maker, table, &parts[p], largest);
        fpl_count_clear(&parts[p].number);
        fpl_count_clear(&parts[p].up_to);
    }
}

static fpl_status add_rank(const fpli_maker *maker, fpl_section *root,
                           const fpl_tension_distribution *distribution,
                           const uint16_t *z, const char *title)
{
    fpl_document *document = maker->document;
    int n_variants = fpl_model_offset(maker->model,
                                      fpl_model_n_descriptors(maker->model));
    int32_t *balance = fpli_new((size_t)n_variants, sizeof *balance);
    fpl_count below = {0}, equal = {0};
    fpl_figures figures;
    if (balance == NULL) return FPL_E_MEMORY;
    fpl_consistency(maker->model, z, balance, NULL, &figures);
    fpli_free(balance);
    fpl_status status = fpl_tension_rank(distribution, figures.total_tension, &below,
                                         &equal);
    if (status == FPL_OK) {
        fpl_section *rank = fpl_section_add(root, "rank", NULL);
        fpl_section_field(rank, "index", NULL, fpli_scenario_index(maker, z));
        fpl_section_field(rank, "variants", NULL, fpli_scenario_variants(maker, z));
        fpl_section_field(rank, NULL, fpli_tr(maker->words, N_("Scenario")),
                          fpl_value_text(document, title));
        fpl_section_field(rank, "total_tension",
                          fpli_tr(maker->words, N_("Total tension")),
                          fpli_points_value(maker, figures.total_tension));
        fpl_section_field(rank, "below", fpli_tr(maker->words, N_("With less tension")),
                          fpl_value_count(document, &below));
        fpl_section_field(rank, "equal", fpli_tr(maker->words, N_("With as much")),
                          fpl_value_count(document, &equal));
        fpl_section_field(rank, "excluded", NULL,
                          fpl_value_bool(document, figures.excluded));
    }
    fpl_count_clear(&below);
    fpl_count_clear(&equal);
    return status;
}

fpl_status fpl_result_rank(const fpl_model *model,
                           const fpl_tension_distribution *distribution,
                           const uint16_t *z, const char *title,
                           const fpl_output_options *words, fpl_document **document,
                           fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-rank", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpli_stopped(&maker, distribution->stop);
    if (z != NULL) {
        status = add_rank(&maker, root, distribution, z, title == NULL ? "" : title);
        if (status != FPL_OK) maker.document->status = status;
    }
    list_histogram(&maker, root, distribution);
    show_histogram(&maker, root, distribution);
    if (z != NULL && fpli_is_start(&maker, z))
        fpl_section_next(root, fpli_command(&maker, "explain", ""),
                         fpli_tr(words, N_("What makes the tension")));
    else
        fpl_section_next(root, fpli_command(&maker, "scenarios", "--near 1"),
                         fpli_tr(words, N_("Which scenarios nearly hold")));
    return fpli_finish(&maker, document, error);
}
