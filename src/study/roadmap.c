/* The conditional roadmap, method.md M5.1: which drivers span the rows, and the table of rows.
 * What stands in a row is worked out in rows.c. */
#include "study/rows.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

#define ROWS_MAX ((size_t)1 << 24)

void fpli_row_fixings(const fpl_roadmap *roadmap, size_t row, fpl_fixing *held)
{
    const int n_also = roadmap->n_held - roadmap->n_drivers;
    for (int i = 0; i < n_also; i++) held[i] = roadmap->also_held[i];
    for (int i = 0; i < roadmap->n_drivers; i++)
        held[n_also + i] = (fpl_fixing){roadmap->drivers[i],
                                        roadmap->rows[row].drivers[i]};
}

/* ---- set-up ------------------------------------------------------------------------------- */

static int stated_drivers(const fpl_model *model, uint16_t *drivers)
{
    const fpl_content *content = fpl_model_content(model);
    const fpl_refs *stated = &content->roadmap.drivers;
    int n = 0;
    for (int i = 0; i < stated->n; i++) drivers[n++] = (uint16_t)stated->items[i].index;
    for (int d = 0; d < content->descriptors.n && stated->n == 0; d++)
        if (content->descriptors.items[d].kind == FPL_DRIVER) drivers[n++] = (uint16_t)d;
    return n;
}

static fpl_status check_drivers(const fpl_roadmap *roadmap, fpl_error *error)
{
    const int n = fpl_model_n_descriptors(roadmap->model);
    for (int i = 0; i < roadmap->n_drivers; i++) {
        const int d = roadmap->drivers[i];
        if (d >= n)
            return fpli_fail(error, FPL_E_ARGUMENT, "there is no descriptor %d", d);
        if (d == fpl_model_level(roadmap->model))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "the level cannot be a driver of its own roadmap");
        for (int k = 0; k < i; k++)
            if (roadmap->drivers[k] == d)
                return fpli_fail(error, FPL_E_ARGUMENT, "descriptor %d is a driver twice",
                                 d);
    }
    return FPL_OK;
}

static fpl_status choose_drivers(fpl_roadmap *roadmap, const fpl_roadmap_options *options,
                                 fpl_error *error)
{
    const size_t n = (size_t)fpl_model_n_descriptors(roadmap->model);
    const bool given = options != NULL && options->drivers != NULL;
    if (given && (options->n_drivers < 0 || (size_t)options->n_drivers > n))
        return fpli_fail(error, FPL_E_ARGUMENT, "%d drivers for %zu descriptors",
                         options->n_drivers, n);
    roadmap->drivers = fpli_new(n, sizeof *roadmap->drivers);
    roadmap->start = fpli_new(n, sizeof *roadmap->start);
    if (roadmap->drivers == NULL || roadmap->start == NULL) return fpli_no_memory(error);
    if (given) {
        roadmap->n_drivers = options->n_drivers;
        for (int i = 0; i < options->n_drivers; i++)
            roadmap->drivers[i] = options->drivers[i];
    } else {
        roadmap->n_drivers = stated_drivers(roadmap->model, roadmap->drivers);
    }
    if (options != NULL && options->start != NULL)
        memcpy(roadmap->start, options->start, n * sizeof *roadmap->start);
    else
        fpl_model_start(roadmap->model, roadmap->start);
    return check_drivers(roadmap, error);
}

static bool spans_rows(const fpl_roadmap_options *options, int driver)
{
    for (int i = 0; i < options->n_held; i++)
        if (options->held[i].descriptor == driver) return false;
    return true;
}

/* What is held in every row: copied, and taken from the drivers. */
static fpl_status hold(fpl_roadmap *roadmap, const fpl_roadmap_options *options,
                       fpl_error *error)
{
    int n = 0;
    roadmap->n_held = roadmap->n_drivers;
    if (options == NULL || options->n_held == 0) return FPL_OK;
    for (int i = 0; i < options->n_held; i++) {
        const int d = options->held[i].descriptor, v = options->held[i].variant;
        if (d >= fpl_model_n_descriptors(roadmap->model) ||
            v >= fpl_model_n_variants(roadmap->model, d))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "there is no variant %d of descriptor %d", v, d);
    }
    roadmap->also_held = fpli_new((size_t)options->n_held, sizeof *roadmap->also_held);
    if (roadmap->also_held == NULL) return fpli_no_memory(error);
    memcpy(roadmap->also_held, options->held,
           (size_t)options->n_held * sizeof *options->held);
    for (int i = 0; i < roadmap->n_drivers; i++)
        if (spans_rows(options, roadmap->drivers[i]))
            roadmap->drivers[n++] = roadmap->drivers[i];
    roadmap->n_drivers = n;
    roadmap->n_held = n + options->n_held;
    return FPL_OK;
}

static fpl_status make_rows(fpl_roadmap *roadmap, fpl_error *error)
{
    size_t n_rows = 1;
    for (int i = 0; i < roadmap->n_drivers; i++) {
        n_rows *= (size_t)fpl_model_n_variants(roadmap->model, roadmap->drivers[i]);
        if (n_rows > ROWS_MAX)
            return fpli_fail(error, FPL_E_OVERFLOW, "the drivers span more than %zu rows",
                             ROWS_MAX);
    }
    const size_t m = (size_t)roadmap->n_drivers;
    roadmap->settings = fpli_new(n_rows * m, sizeof *roadmap->settings);
    roadmap->rows = fpli_new(n_rows, sizeof *roadmap->rows);
    if (roadmap->settings == NULL || roadmap->rows == NULL) return fpli_no_memory(error);
    roadmap->n_rows = n_rows;
    for (size_t r = 0; r < n_rows; r++) {
        uint16_t *setting = roadmap->settings + r * m;
        size_t rest = r;
        for (size_t i = m; i-- > 0;) {
            const size_t k = (size_t)fpl_model_n_variants(roadmap->model,
                                                          roadmap->drivers[i]);
            setting[i] = (uint16_t)(rest % k);
            rest /= k;
        }
        roadmap->rows[r].drivers = setting;
        roadmap->rows[r].necessary = -1;
    }
    return FPL_OK;
}

static fpl_status make_admissions(fpl_roadmap *roadmap, fpl_error *error)
{
    const int n_measures = fpl_model_content(roadmap->model)->measures.n;
    const int n_levels = fpl_model_n_variants(roadmap->model,
                                              fpl_model_level(roadmap->model));
    const size_t own = (size_t)n_levels * (size_t)n_measures;
    roadmap->row_admissions = own;
    if (own > 0 && roadmap->n_rows > SIZE_MAX / own) return fpli_no_memory(error);
    roadmap->admissions = fpli_new(roadmap->n_rows * own, sizeof *roadmap->admissions);
    if (roadmap->admissions == NULL) return fpli_no_memory(error);
    for (size_t r = 0; r < roadmap->n_rows; r++)
        roadmap->rows[r].admissions = roadmap->admissions + r * own;
    return FPL_OK;
}

fpl_status fpl_roadmap_compute(const fpl_model *model, const fpl_roadmap_options *options,
                               const fpl_limits *limits, fpl_roadmap **roadmap,
                               fpl_error *error)
{
    fpl_status status = FPL_OK;
    if (fpl_model_level(model) < 0)
        return fpli_fail(error, FPL_E_MODEL,
                         "the model names no level, so there is no roadmap to compute");
    fpl_roadmap *made = fpli_new(1, sizeof *made);
    if (made == NULL) return fpli_no_memory(error);
    made->model = model;
    FPL_TRY(choose_drivers(made, options, error));
    FPL_TRY(hold(made, options, error));
    FPL_TRY(make_rows(made, error));
    if (options != NULL && options->measures) FPL_TRY(make_admissions(made, error));
    status = fpli_rows_work_out(made, options == NULL ? NULL : &options->dynamics,
                                limits);
    if (status != FPL_OK) {
        fpli_fail(error, status, "a row of the roadmap: %s",
                  fpli_translated(error, fpl_status_text(status)));
        goto out;
    }
    *roadmap = made;
    made = NULL;
out:
    fpl_roadmap_free(made);
    return status;
}

void fpl_roadmap_free(fpl_roadmap *roadmap)
{
    if (roadmap == NULL) return;
    for (size_t r = 0; r < roadmap->n_rows; r++)
        fpl_count_clear(&roadmap->rows[r].completions);
    fpli_free(roadmap->drivers);
    fpli_free(roadmap->also_held);
    fpli_free(roadmap->start);
    fpli_free(roadmap->settings);
    fpli_free(roadmap->admissions);
    fpli_free(roadmap->rows);
    fpli_free(roadmap);
}

size_t fpl_roadmap_n_rows(const fpl_roadmap *roadmap)
{
    return roadmap->n_rows;
}

const fpl_row *fpl_roadmap_row(const fpl_roadmap *roadmap, size_t index)
{
    return &roadmap->rows[index];
}

int fpl_roadmap_n_drivers(const fpl_roadmap *roadmap)
{
    return roadmap->n_drivers;
}

const uint16_t *fpl_roadmap_drivers(const fpl_roadmap *roadmap)
{
    return roadmap->drivers;
}

const uint16_t *fpl_roadmap_start(const fpl_roadmap *roadmap)
{
    return roadmap->start;
}

size_t fpl_roadmap_present(const fpl_roadmap *roadmap)
{
    size_t row = 0;
    for (int i = 0; i < roadmap->n_drivers; i++) {
        const int d = roadmap->drivers[i];
        row = row * (size_t)fpl_model_n_variants(roadmap->model, d) + roadmap->start[d];
    }
    return row;
}

fpl_stop fpl_roadmap_stop(const fpl_roadmap *roadmap)
{
    for (size_t r = 0; r < roadmap->n_rows; r++)
        if (roadmap->rows[r].stop != FPL_COMPLETE) return roadmap->rows[r].stop;
    return FPL_COMPLETE;
}
