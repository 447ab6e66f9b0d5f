/* Whatever a model's judgements, ids and names, a table or a ScenarioWizard project that
 * is written is read back to the same descriptors, variants and judgements, and written
 * again to the same bytes; tables also keep who was judged. */
#include "support/check.h"

#include "support/random.h"

#include <fahrplan/io.h>

static const char *const names[] = {"",
                                    "",
                                    "A. Government",
                                    "2030",
                                    "a,b;c",
                                    "\"so\" called",
                                    " edged ",
                                    "on\ntwo lines",
                                    "K\xC3\xA4lte",
                                    "x:y.z",
                                    "sep=;",
                                    "-1",
                                    "and",
                                    "tab\there",
                                    "|",
                                    "'",
                                    "#",
                                    "&",
                                    "\xE2\x88\x92"
                                    "1"};
enum { N_NAMES = sizeof names / sizeof *names, MODULUS = FPL_SCALE_MAX };

static void name_something(fpli_rng *rng, fpl_phrase *phrase, void *text)
{
    struct {
        fpl_phrase *items;
        int n;
    } *list = text;
    *phrase = (fpl_phrase){"", names[fpli_rng_below(rng, N_NAMES)]};
    list->items = phrase;
    list->n = *phrase->text != '\0';
}

static void add_descriptor(fpli_rng *rng, fpl_builder *builder,
                           const fpl_descriptor *from)
{
    fpl_descriptor d = {.id = from->id};
    fpl_variant variants[FPL_VARIANTS_MAX] = {0};
    fpl_phrase phrase, phrases[FPL_VARIANTS_MAX];
    name_something(rng, &phrase, &d.name);
    for (int v = 0; v < from->variants.n; v++) {
        variants[v].id = from->variants.items[v].id;
        name_something(rng, &phrases[v], &variants[v].name);
    }
    d.variants.items = variants;
    d.variants.n = from->variants.n;
    assert_int_equal(fpl_builder_add(builder, FPL_RECORD_DESCRIPTOR, &d, NULL), FPL_OK);
}

/* From a descriptor to itself, all 0: reads as not judged. */
static bool is_idle(const fpl_model *model, int d)
{
    for (int a = 0; a < fpl_model_n_variants(model, d); a++)
        for (int b = 0; b < fpl_model_n_variants(model, d); b++)
            if (fpl_model_judgement(model, d, a, d, b) % MODULUS != 0) return false;
    return true;
}

/* A random model with names, groups that nobody judged, and sometimes decimals. */
static fpl_model *draw(fpli_rng *rng, bool whole)
{
    fpl_model *plain = random_model(rng, 400), *model = NULL;
    fpl_builder *builder = NULL;
    fpl_error error = {0};
    const int n = fpl_model_n_descriptors(plain);
    const int32_t places = whole ? 0 : (int32_t)fpli_rng_below(rng, 3);
    assert_int_equal(fpl_builder_new(&builder, NULL), FPL_OK);
    for (int d = 0; d < n; d++)
        add_descriptor(rng, builder, &fpl_model_content(plain)->descriptors.items[d]);
    for (int i = 0; i < n; i++)
        for (int a = 0; a < fpl_model_n_variants(plain, i); a++)
            for (int j = 0; j < n; j++) {
                const bool skipped = i == j ? is_idle(plain, i)
                                            : fpli_rng_below(rng, 5) == 0;
                if (skipped || !fpl_model_is_judged(plain, i, a, j)) continue;
                for (int b = 0; b < fpl_model_n_variants(plain, j); b++) {
                    const int score = fpl_model_judgement(plain, i, a, j, b) % MODULUS;
                    assert_int_equal(fpl_builder_score(builder, i, a, j, b,
                                                       (fpl_decimal){score, places},
                                                       NULL),
                                     FPL_OK);
                }
            }
    if (fpl_builder_build(builder, &model, &error) != FPL_OK)
        fail_msg("%s", error.message);
    fpl_builder_free(builder);
    fpl_model_free(plain);
    return model;
}

static const char *difference(const fpl_model *a, const fpl_model *b, bool ids,
                              bool judged)
{
    const int n = fpl_model_n_descriptors(a);
    if (fpl_model_n_descriptors(b) != n) return "descriptors";
    for (int d = 0; d < n; d++) {
        const fpl_descriptor *from = &fpl_model_content(a)->descriptors.items[d];
        if (fpl_model_n_variants(b, d) != from->variants.n) return "variants";
        if (ids && fpl_model_find_descriptor(b, from->id) != d)
            return "id of a descriptor";
        for (int v = 0; v < from->variants.n && ids; v++)
            if (fpl_model_find_variant(b, d, from->variants.items[v].id) != v)
                return "id of a variant";
    }
    if (fpl_model_denominator(a) != fpl_model_denominator(b)) return "denominator";
    const size_t V = (size_t)fpl_model_offset(a, n);
    if (memcmp(fpl_model_matrix(a), fpl_model_matrix(b), V * V * sizeof(int16_t)) != 0)
        return "judgements";
    for (int i = 0; i < n && judged; i++)
        for (int v = 0; v < fpl_model_n_variants(a, i); v++)
            for (int j = 0; j < n; j++)
                if (fpl_model_is_judged(a, i, v, j) != fpl_model_is_judged(b, i, v, j))
                    return "who was judged";
    return NULL;
}

static void check(const fpl_model *model, const fpl_save_options *save, uint64_t seed)
{
    const fpl_load_options load = {.format = save->format};
    fpl_model *again = NULL;
    char *first = NULL, *second = NULL;
    size_t size = 0;
    fpl_error error = {0};
    const bool is_project = save->format == FPL_FORMAT_SCW;
    const char *wrong = NULL;
    fpl_status status = fpl_model_write(model, save, &first, &size, &error);
    if (status == FPL_OK)
        status = fpl_model_read(first, size, "a", &load, &again, &error);
    if (status == FPL_OK) wrong = difference(model, again, !is_project, !is_project);
    if (status == FPL_OK) status = fpl_model_write(again, save, &second, NULL, &error);
    if (status == FPL_OK && wrong == NULL && strcmp(first, second) != 0)
        wrong = "the second text";
    if (status != FPL_OK || wrong != NULL) {
        print_model(model);
        fail_msg("seed %llu, format %d, separator '%c': %d:%d: %s%s\n%s\n%s",
                 (unsigned long long)seed, (int)save->format, save->separator,
                 error.mark.line, error.mark.column, error.message,
                 wrong == NULL ? "" : wrong, first, second == NULL ? "" : second);
    }
    fpl_string_free(first);
    fpl_string_free(second);
    fpl_model_free(again);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const char separators[] = {'\0', ';', '\t', '|'};
    static const fpl_format formats[] = {FPL_FORMAT_CSV, FPL_FORMAT_CSV_LIST,
                                         FPL_FORMAT_SCW};
    const int n = test_scale(400);
    for (int seed = 1; seed <= n; seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "csv round trip");
        const fpl_save_options save = {.format = formats[seed % 3],
                                       .separator = separators[fpli_rng_below(&rng, 4)],
                                       .decimal_comma = fpli_rng_below(&rng, 2) == 1};
        fpl_model *model = draw(&rng, save.format == FPL_FORMAT_SCW);
        check(model, &save, (uint64_t)seed);
        fpl_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_written_is_read_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
