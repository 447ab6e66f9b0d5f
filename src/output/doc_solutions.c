/* How the rows of a solution file fit a model. */
#include "output/parts.h"

#include <fahrplan/results.h>

typedef struct checked {
    const fpli_maker *maker;
    const fpl_solutions *solutions;
    fpl_table *listing; /* for programs: all rows */
    fpl_table *misfits; /* for people: those that do not fit, once there is one */
    int32_t *balance;
    size_t n_misfits;
} checked;

static const char *const fit_words[] = {
    [FPL_FITS] = "fits",
    [FPL_FIT_SHAPE] = "shape",
    [FPL_FIT_CONSISTENCY] = "consistency",
    [FPL_FIT_TIS] = "tis",
};

static const char *complaint(const checked *c, const fpl_solution *row, fpl_fit fit,
                             const fpl_figures *figures)
{
    fpl_document *document = c->maker->document;
    const fpl_output_options *words = c->maker->words;
    int n = fpl_solutions_n_descriptors(c->solutions);
    if (fit == FPL_FIT_SHAPE && n != fpl_model_n_descriptors(c->maker->model))
        return fpli_textf(document, fpli_tr(words, N_("%s for %s")),
                          fpli_counted(document, words, (uint64_t)n, N_("%s variant"),
                                       N_("%s variants")),
                          fpli_counted(document, words,
                                       (uint64_t)fpl_model_n_descriptors(c->maker->model),
                                       N_("%s descriptor"), N_("%s descriptors")));
    if (fit == FPL_FIT_SHAPE) return fpli_tr(words, N_("a variant that does not exist"));
    int denominator = fpl_model_denominator(c->maker->model);
    bool tis = fit == FPL_FIT_TIS;
    const char *format = tis ? N_("total impact %s in the file, %s by the model")
                             : N_("consistency value %s in the file, %s by the model");
    return fpli_textf(
        document, fpli_tr(words, format),
        fpli_points(document, words, tis ? row->tis : row->consistency, 1, false),
        fpli_points(document, words, tis ? figures->tis : figures->consistency,
                    denominator, false));
}

static void check_row(checked *c, size_t index, fpl_section *below)
{
    fpl_document *document = c->maker->document;
    const fpl_solution *row = fpl_solutions_get(c->solutions, index);
    fpl_figures figures;
    fpl_fit fit = fpl_solution_fit(c->solutions, index, c->maker->model, &figures,
                                   c->balance);
    fpl_value *list = fpl_value_list(document);
    for (int d = 0; d < fpl_solutions_n_descriptors(c->solutions); d++)
        fpl_value_append(list, fpl_value_int(document, row->z[d]));
    fpl_table_row(c->listing);
    fpl_table_cell(c->listing, list);
    fpl_table_cell(c->listing, fpl_value_int(document, row->line));
    fpl_table_cell(c->listing, fpl_value_text(document, fit_words[fit]));
    fpl_table_cell(c->listing, fpl_value_text(document, row->weight));
    fpl_table_cell(c->listing,
                   fpl_value_bool(document, fpl_solution_weight_is_clipped(row)));
    if (fit == FPL_FITS) return;
    if (c->n_misfits++ == 0) {
        c->misfits = fpl_section_table(below, NULL, NULL);
        fpl_table_column(c->misfits, NULL, fpli_tr(c->maker->words, N_("Line")),
                         FPL_COLUMN_RIGHT);
        fpl_table_column(c->misfits, NULL, fpli_tr(c->maker->words, N_("Does not fit")),
                         FPL_COLUMN_WRAP);
    }
    fpl_table_row(c->misfits);
    fpl_table_cell(c->misfits, fpl_value_int(document, row->line));
    fpl_table_cell(c->misfits,
                   fpl_value_text(document, complaint(c, row, fit, &figures)));
}

static void add_rows(const fpli_maker *maker, fpl_section *root, checked *c)
{
    static const char *const keys[] = {"index", "line", "fit", "weight",
                                       "weight_clipped"};
    fpl_section *answer = fpl_section_add(root, NULL,
                                          NULL); /* filled when all is known */
    c->listing = fpl_section_table(root, "solutions", NULL);
    for (int i = 0; i < 5; i++)
        fpl_table_column(c->listing, keys[i], NULL, FPL_COLUMN_HIDDEN);
    fpl_section *below = fpl_section_add(root, NULL, NULL);
    size_t n = fpl_solutions_n(c->solutions);
    for (size_t i = 0; i < n; i++) check_row(c, i, below);
    fpl_section_field(answer, "misfits", NULL,
                      fpl_value_int(maker->document, (int64_t)c->n_misfits));
    if (c->n_misfits == 0)
        fpli_sayf(answer, "%s",
                  fpli_counted(maker->document, maker->words, n,
                               N_("%s solution, and it fits the model."),
                               N_("All %s solutions fit the model.")));
    else
        fpli_sayf(answer,
                  fpli_tr(maker->words, c->n_misfits == 1
                                            ? N_("%zu of %s does not fit the model.")
                                            : N_("%zu of %s do not fit the model.")),
                  c->n_misfits,
                  fpli_counted(maker->document, maker->words, n, N_("%s solution"),
                               N_("%s solutions")));
}

fpl_status fpl_result_solutions(const fpl_model *model, const fpl_solutions *solutions,
                                const fpl_output_options *words, fpl_document **document,
                                fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-solutions", model, words, error);
    if (status != FPL_OK) return status;
    checked c = {.maker = &maker, .solutions = solutions};
    int n = fpl_model_offset(model, fpl_model_n_descriptors(model));
    c.balance = fpli_new((size_t)n, sizeof *c.balance);
    if (c.balance == NULL)
        maker.document->status = FPL_E_MEMORY;
    else
        add_rows(&maker, fpl_document_root(maker.document), &c);
    fpli_free(c.balance);
    return fpli_finish(&maker, document, error);
}
