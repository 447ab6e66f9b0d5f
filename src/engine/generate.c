/* Seeded random models. Shape, sections, judgements and planted scenarios draw from
 * streams of their own, so that changing one option leaves the other draws as they were.
 */
#include <fahrplan/generate.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

enum { PLANTED_MAX = 64, ROUNDS_MAX = 2000, ID_SIZE = 16, DEFAULT_SCALE = 3 };

typedef struct draft {
    const fpl_generate_options *options;
    int n, scale;
    int *k;        /* variants by descriptor */
    int *offset;   /* flat number of a descriptor's first variant; one more at the end */
    bool *present; /* sections, n by n */
    int16_t *matrix; /* all variants by all variants */
    uint16_t *planted;
    char (*descriptor_id)[ID_SIZE];
    char (*variant_id)[ID_SIZE];
} draft;

/* ---- options
 * ------------------------------------------------------------------------------ */

static bool is_share(double value)
{
    return value >= 0 && value <= 1; /* false if it is no number */
}

static fpl_status check_options(const fpl_generate_options *o, fpl_error *error)
{
    const char *wrong = NULL;
    if ((int)o->family < 0 || o->family >= FPL_FAMILY_END)
        wrong = N_("there is no such family of models");
    else if (o->n_descriptors < 1 || o->n_descriptors > FPL_DESCRIPTORS_MAX)
        wrong = N_("a model has 1 to 1024 descriptors");
    else if (o->n_variants < 0 || o->n_variants > FPL_VARIANTS_MAX)
        wrong = N_("a descriptor has 1 to 64 variants, or 0 for 2 to 4 drawn");
    else if (o->n_descriptors * (o->n_variants == 0 ? 4 : o->n_variants) >
             FPL_ALL_VARIANTS_MAX)
        wrong = N_("the descriptors of a model have at most 8192 variants together");
    else if (!is_share(o->density))
        wrong = N_("the density is a number from 0 to 1");
    else if (o->family == FPL_FAMILY_MODULAR && !is_share(o->cross))
        wrong = N_("the density across modules is a number from 0 to 1");
    else if (o->family == FPL_FAMILY_MODULAR && o->module_size < 1)
        wrong = N_("a module has at least one descriptor");
    else if (o->scale < 0 || o->scale > FPL_SCALE_MAX)
        wrong = N_("the scale is a number from 1 to 1000, or 0 for 3");
    else if (o->n_planted < 0 || o->n_planted > PLANTED_MAX)
        wrong = N_("0 to 64 scenarios can be planted");
    else if (o->n_drivers < 0 || o->n_drivers >= o->n_descriptors)
        wrong = N_("there are fewer drivers than descriptors");
    return wrong == NULL
               ? FPL_OK
               : fpli_fail(error, FPL_E_ARGUMENT, "%s", fpli_translated(error, wrong));
}

/* ---- shape
 * -------------------------------------------------------------------------------- */

static void draft_clear(draft *d)
{
    fpli_free(d->k);
    fpli_free(d->offset);
    fpli_free(d->present);
    fpli_free(d->matrix);
    fpli_free(d->planted);
    fpli_free(d->descriptor_id);
    fpli_free(d->variant_id);
}

static void draw_shape(draft *d)
{
    fpli_rng rng;
    fpli_rng_start(&rng, d->options->seed, "variants");
    for (int i = 0; i < d->n; i++) {
        const int drawn = 2 + (int)fpli_rng_below(&rng, 3);
        d->k[i] = d->options->n_variants == 0 ? drawn : d->options->n_variants;
        d->offset[i + 1] = d->offset[i] + d->k[i];
    }
}

static fpl_status make_draft(draft *d, const fpl_generate_options *options)
{
    const size_t n = (size_t)options->n_descriptors;
    d->options = options;
    d->n = options->n_descriptors;
    d->scale = options->scale == 0 ? DEFAULT_SCALE : options->scale;
    d->k = fpli_new(n, sizeof *d->k);
    d->offset = fpli_new(n + 1, sizeof *d->offset);
    d->present = fpli_new(n * n, sizeof *d->present);
    d->planted = fpli_new(n * (size_t)options->n_planted, sizeof *d->planted);
    d->descriptor_id = fpli_new(n, ID_SIZE);
    d->variant_id = fpli_new(FPL_VARIANTS_MAX, ID_SIZE);
    if (d->k == NULL || d->offset == NULL || d->present == NULL || d->planted == NULL ||
        d->descriptor_id == NULL || d->variant_id == NULL)
        return FPL_E_MEMORY;
    for (int i = 0; i < d->n; i++) snprintf(d->descriptor_id[i], ID_SIZE, "D%d", i + 1);
    for (int v = 0; v < FPL_VARIANTS_MAX; v++)
        snprintf(d->variant_id[v], ID_SIZE, "v%d", v + 1);
    draw_shape(d);
    const size_t V = (size_t)d->offset[d->n];
    d->matrix = fpli_new(V * V, sizeof *d->matrix);
    return d->matrix == NULL ? FPL_E_MEMORY : FPL_OK;
}

/* ---- judgements
 * --------------------------------------------------------------------------- */

/* The group of variant a of i on the variants of j. */
static int16_t *group(const draft *d, int i, int a, int j)
{
    return d->matrix + (size_t)(d->offset[i] + a) * (size_t)d->offset[d->n] +
           d->offset[j];
}

/* Uniform among the rows of k integers in -scale..scale that sum to zero: the last is
 * what is left, and rows whose last lies outside are drawn anew. */
static void draw_zero_sum(fpli_rng *rng, int k, int scale, int16_t *row)
{
    int sum;
    do {
        sum = 0;
        for (int b = 0; b < k - 1; b++) {
            row[b] = (int16_t)((int)fpli_rng_below(rng, (uint64_t)(2 * scale + 1)) -
                               scale);
            sum += row[b];
        }
    } while (sum > scale || sum < -scale);
    row[k - 1] = (int16_t)-sum;
}

static int rounded(int value, int divisor)
{
    return value < 0 ? -((-2 * value + divisor) / (2 * divisor))
                     : (2 * value + divisor) / (2 * divisor);
}

/* High variants of i promote high variants of j, or hinder them. Odd in b, so each row
 * sums to zero. */
static void draw_monotone(fpli_rng *rng, const draft *d, int i, int j)
{
    int strength = 1 + (int)fpli_rng_below(rng, (uint64_t)d->scale);
    if (fpli_rng_below(rng, 3) == 0) strength = -strength;
    const int last_i = d->k[i] - 1, last_j = d->k[j] - 1;
    if (last_i == 0 || last_j == 0) return;
    for (int a = 0; a <= last_i; a++)
        for (int b = 0; b <= last_j; b++)
            group(d, i, a, j)[b] = (int16_t)rounded(
                strength * (2 * a - last_i) * (2 * b - last_j), last_i * last_j);
}

static double density_of(const fpl_generate_options *o, int i, int j)
{
    const bool across = o->family == FPL_FAMILY_MODULAR &&
                        i / o->module_size != j / o->module_size;
    return across ? o->cross : o->density;
}

static void draw_matrix(draft *d)
{
    fpli_rng sections, scores;
    fpli_rng_start(&sections, d->options->seed, "sections");
    fpli_rng_start(&scores, d->options->seed, "judgements");
    for (int i = 0; i < d->n; i++)
        for (int j = 0; j < d->n; j++) {
            if (i == j || fpli_rng_unit(&sections) >= density_of(d->options, i, j))
                continue;
            d->present[(size_t)i * (size_t)d->n + (size_t)j] = true;
            if (d->options->family == FPL_FAMILY_ORDERED) {
                draw_monotone(&scores, d, i, j);
                continue;
            }
            for (int a = 0; a < d->k[i]; a++)
                draw_zero_sum(&scores, d->k[j], d->scale, group(d, i, a, j));
        }
}

/* ---- planted scenarios
 * -------------------------------------------------------------------- */

static const uint16_t *planted(const draft *d, int p)
{
    return d->planted + (size_t)p * (size_t)d->n;
}

static bool is_drawn_before(const draft *d, int p)
{
    for (int q = 0; q < p; q++)
        if (memcmp(planted(d, p), planted(d, q), (size_t)d->n * sizeof *d->planted) == 0)
            return true;
    return false;
}

static fpl_status draw_planted(draft *d, fpl_error *error)
{
    fpli_rng rng;
    fpli_rng_start(&rng, d->options->seed, "planted");
    int space = 1; /* as far as it matters */
    for (int i = 0; i < d->n && space < PLANTED_MAX; i++) space *= d->k[i];
    if (d->options->n_planted > space)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "the model has %d scenarios, too few to plant %d different ones",
                         space, d->options->n_planted);
    for (int p = 0; p < d->options->n_planted; p++) {
        uint16_t *z = d->planted + (size_t)p * (size_t)d->n;
        do {
            for (int i = 0; i < d->n; i++)
                z[i] = (uint16_t)fpli_rng_below(&rng, (uint64_t)d->k[i]);
        } while (is_drawn_before(d, p));
    }
    return FPL_OK;
}

/* How far z's variant of j is above variant c. */
static int lead(const draft *d, const uint16_t *z, int j, int c)
{
    int sum = 0;
    for (int i = 0; i < d->n; i++) {
        const int16_t *row = group(d, i, z[i], j);
        sum += row[z[j]] - row[c];
    }
    return sum;
}

/* Raise z's variant of j by one point at the cost of variant c, in a group drawn among
 * those where the scale lets it. False: there is none. */
static bool shift_point(draft *d, fpli_rng *rng, const uint16_t *z, int j, int c)
{
    int16_t *chosen = NULL;
    uint64_t n_possible = 0;
    for (int i = 0; i < d->n; i++) {
        int16_t *row = group(d, i, z[i], j);
        if (!d->present[(size_t)i * (size_t)d->n + (size_t)j] || row[z[j]] >= d->scale ||
            row[c] <= -d->scale)
            continue;
        if (fpli_rng_below(rng, ++n_possible) == 0) chosen = row;
    }
    if (chosen == NULL) return false;
    chosen[z[j]]++;
    chosen[c]--;
    return true;
}

/* Help z's variant of j against variant c. Two scenarios that contend for the points of
 * the same groups may both pass at the cost of a third variant: now and then the point is
 * taken there. */
static void help(draft *d, fpli_rng *rng, const uint16_t *z, int j, int c)
{
    const int third = (int)fpli_rng_below(rng, (uint64_t)d->k[j]);
    const bool elsewhere = fpli_rng_below(rng, 3) == 0 && third != z[j];
    for (int lack = -lead(d, z, j, c); lack > 0; lack -= 2)
        if (!shift_point(d, rng, z, j, elsewhere ? third : c)) return;
}

/* Go over the planted scenarios until all pass at j; helping one may hurt others. */
static bool plant_at(draft *d, fpli_rng *rng, int j)
{
    for (int round = 0; round < ROUNDS_MAX; round++) {
        bool all_pass = true;
        for (int p = 0; p < d->options->n_planted; p++)
            for (int c = 0; c < d->k[j]; c++) {
                const uint16_t *z = planted(d, p);
                if (lead(d, z, j, c) >= 0) continue;
                all_pass = false;
                help(d, rng, z, j, c);
            }
        if (all_pass) return true;
    }
    return false;
}

static fpl_status plant(draft *d, fpl_error *error)
{
    fpli_rng rng;
    fpl_status status = draw_planted(d, error);
    if (status != FPL_OK) return status;
    fpli_rng_start(&rng, d->options->seed, "planting");
    for (int j = 0; j < d->n; j++) {
        if (plant_at(d, &rng, j)) continue;
        fpli_fail(error, FPL_E_UNSUPPORTED,
                  "%d scenarios could not be made consistent together at descriptor %s",
                  d->options->n_planted, d->descriptor_id[j]);
        fpli_note(error, (fpl_mark){0},
                  "plant fewer, or allow a larger scale or density");
        return FPL_E_UNSUPPORTED;
    }
    return FPL_OK;
}

/* ---- records
 * ------------------------------------------------------------------------------ */

static fpl_status add_descriptors(const draft *d, fpl_builder *builder, fpl_error *error)
{
    const fpl_generate_options *o = d->options;
    fpl_variant variants[FPL_VARIANTS_MAX] = {0};
    for (int v = 0; v < FPL_VARIANTS_MAX; v++) variants[v].id = d->variant_id[v];
    for (int i = 0; i < d->n; i++) {
        fpl_descriptor descriptor = {.id = d->descriptor_id[i],
                                     .variants = {variants, d->k[i]}};
        if (o->family == FPL_FAMILY_ORDERED) descriptor.ordered = FPL_YES;
        if (i < o->n_drivers) descriptor.kind = FPL_DRIVER;
        if (o->n_drivers > 0 && i == d->n - 1) {
            descriptor.kind = FPL_CHOICE;
            descriptor.ordered = FPL_YES;
        }
        const fpl_status status = fpl_builder_add(builder, FPL_RECORD_DESCRIPTOR,
                                                  &descriptor, error);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

static fpl_status add_impact(const draft *d, fpl_builder *builder, int i, int j,
                             fpl_decimal *values, fpl_error *error)
{
    fpl_scores scores[FPL_VARIANTS_MAX] = {0};
    for (int a = 0; a < d->k[i]; a++) {
        fpl_decimal *row = values + (size_t)a * FPL_VARIANTS_MAX;
        for (int b = 0; b < d->k[j]; b++) row[b] = (fpl_decimal){group(d, i, a, j)[b], 0};
        scores[a].variant.id = d->variant_id[a];
        scores[a].values.items = row;
        scores[a].values.n = d->k[j];
    }
    const fpl_impact impact = {.from = {.id = d->descriptor_id[i]},
                               .to = {.id = d->descriptor_id[j]},
                               .scores = {scores, d->k[i]}};
    return fpl_builder_add(builder, FPL_RECORD_IMPACT, &impact, error);
}

static fpl_status add_impacts(const draft *d, fpl_builder *builder, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpl_decimal *values = fpli_new((size_t)FPL_VARIANTS_MAX * FPL_VARIANTS_MAX,
                                   sizeof *values);
    if (values == NULL) return fpli_no_memory(error);
    for (int i = 0; i < d->n && status == FPL_OK; i++)
        for (int j = 0; j < d->n && status == FPL_OK; j++)
            if (d->present[(size_t)i * (size_t)d->n + (size_t)j])
                status = add_impact(d, builder, i, j, values, error);
    fpli_free(values);
    return status;
}

/* A state has a date; planted ones are counted through as years. */
static fpl_status add_states(const draft *d, fpl_builder *builder, fpl_error *error)
{
    fpl_status status = FPL_OK;
    if (d->options->n_planted == 0) return FPL_OK;
    fpl_setting *settings = fpli_new((size_t)d->n, sizeof *settings);
    if (settings == NULL) return fpli_no_memory(error);
    for (int p = 0; p < d->options->n_planted && status == FPL_OK; p++) {
        char date[16], name[32];
        snprintf(date, sizeof date, "%04d", 2001 + p);
        snprintf(name, sizeof name, "planted %d", p + 1);
        fpl_phrase phrase = {"", name};
        for (int i = 0; i < d->n; i++) {
            settings[i].descriptor.id = d->descriptor_id[i];
            settings[i].variant.id = d->variant_id[planted(d, p)[i]];
        }
        const fpl_state state = {
            .date = date, .name = {&phrase, 1}, .state = {settings, d->n}};
        status = fpl_builder_add(builder, FPL_RECORD_STATE, &state, error);
    }
    fpli_free(settings);
    return status;
}

static fpl_status set_header(const draft *d, fpl_builder *builder, fpl_error *error)
{
    fpl_content header = {.scale = {d->scale, true}};
    const int n_drivers = d->options->n_drivers;
    fpl_ref *drivers = fpli_new((size_t)n_drivers, sizeof *drivers);
    if (drivers == NULL) return fpli_no_memory(error);
    for (int i = 0; i < n_drivers; i++) drivers[i].id = d->descriptor_id[i];
    header.roadmap.drivers.items = drivers;
    header.roadmap.drivers.n = n_drivers;
    if (n_drivers > 0) header.level.id = d->descriptor_id[d->n - 1];
    const fpl_status status = fpl_builder_set_header(builder, &header, error);
    fpli_free(drivers);
    return status;
}

fpl_status fpl_model_generate(const fpl_generate_options *options, fpl_model **model,
                              fpl_error *error)
{
    draft d = {0};
    fpl_builder *builder = NULL;
    fpl_status status = check_options(options, error);
    if (status != FPL_OK) return status;
    status = make_draft(&d, options);
    if (status != FPL_OK) {
        fpli_no_memory(error);
        goto out;
    }
    draw_matrix(&d);
    FPL_TRY(plant(&d, error));
    FPL_TRY(fpl_builder_new(&builder, error));
    FPL_TRY(set_header(&d, builder, error));
    FPL_TRY(add_descriptors(&d, builder, error));
    FPL_TRY(add_impacts(&d, builder, error));
    FPL_TRY(add_states(&d, builder, error));
    FPL_TRY(fpl_builder_build(builder, model, error));
out:
    fpl_builder_free(builder);
    draft_clear(&d);
    return status;
}
