/* What a model holds: descriptors, judgements by grade, the size of its space. */
#include "output/parts.h"

#include <fahrplan/results.h>

#include <string.h>

static const char *counted(const fpli_maker *maker, int n, const char *one,
                           const char *many)
{
    return fpli_counted(maker->document, maker->words, (uint64_t)n, one, many);
}

static void add_descriptors(const fpli_maker *maker, fpl_section *section)
{
    const fpl_content *content = fpl_model_content(maker->model);
    int n = content->descriptors.n, of_kind[4] = {0};
    for (int d = 0; d < n; d++) of_kind[content->descriptors.items[d].kind]++;
    int drivers = of_kind[FPL_DRIVER], choices = of_kind[FPL_CHOICE];
    int variants = fpl_model_offset(maker->model, n);
    fpl_value *count = fpl_value_int(maker->document, n);
    const fpl_output_options *words = maker->words;
    const char *text = fpli_textf(
        maker->document, fpli_tr(words, N_("%d with %s")), n,
        counted(maker, variants, N_("%s variant"), N_("%s variants")));
    if (drivers + choices > 0)
        text = fpli_textf(
            maker->document, "%s: %s, %s, %s", text,
            counted(maker, drivers, N_("%s driver"), N_("%s drivers")),
            counted(maker, choices, N_("%s choice"), N_("%s choices")),
            counted(maker, n - drivers - choices, N_("%s outcome"), N_("%s outcomes")));
    fpl_value_word(maker->document, count, text);
    fpl_section_field(section, "descriptors", fpli_tr(maker->words, N_("Descriptors")),
                      count);
    fpl_section_field(section, "variants", NULL,
                      fpl_value_int(maker->document, variants));
    fpl_section_field(section, "drivers", NULL, fpl_value_int(maker->document, drivers));
    fpl_section_field(section, "choices", NULL, fpl_value_int(maker->document, choices));
}

/* How many judged groups carry each grade; the last entry counts those without one. */
typedef struct tally {
    int total;
    int *by_grade; /* n + 1 */
    int n;
} tally;

static const char *grade_id(const fpl_content *content, int grade)
{
    static const char *const usual[] = {"stated", "implied", "analyst"};
    if (content->grades.n > 0) return content->grades.items[grade].id;
    return usual[grade]; /* NOLINT(clang-analyzer-core.uninitialized.UndefReturn) */
}

const char *fpli_grade_words(const fpli_maker *maker, const char *id)
{
    static const char *const usual[] = {N_("stated"), N_("implied"), N_("analyst")};
    const fpl_content *content = fpl_model_content(maker->model);
    for (int g = 0; g < content->grades.n; g++) {
        const char *name = fpl_text_in(&content->grades.items[g].name,
                                       fpli_language(maker->words));
        if (strcmp(content->grades.items[g].id, id) == 0 && *name != '\0') return name;
    }
    for (int i = 0; i < 3; i++) {
        if (strcmp(id, usual[i]) == 0) return fpli_tr(maker->words, usual[i]);
    }
    return id;
}

static int grade_of(const fpl_content *content, const fpl_reason *reason, int n_grades)
{
    if (reason == NULL || reason->grade.id == NULL) return n_grades;
    for (int g = 0; g < n_grades; g++) {
        if (strcmp(grade_id(content, g), reason->grade.id) == 0) return g;
    }
    return n_grades;
}

static void count_groups(const fpl_model *model, tally *t)
{
    const fpl_content *content = fpl_model_content(model);
    int n = fpl_model_n_descriptors(model);
    for (int i = 0; i < n; i++) {
        for (int a = 0; a < fpl_model_n_variants(model, i); a++) {
            for (int j = 0; j < n; j++) {
                if (!fpl_model_is_judged(model, i, a, j)) continue;
                t->total++;
                t->by_grade[grade_of(content, fpl_model_reason(model, i, a, j), t->n)]++;
            }
        }
    }
}

static void add_judgements(const fpli_maker *maker, fpl_section *section)
{
    const fpl_content *content = fpl_model_content(maker->model);
    tally t = {.n = content->grades.n > 0 ? content->grades.n : 3};
    t.by_grade = fpli_new((size_t)t.n + 1, sizeof *t.by_grade);
    if (t.by_grade == NULL) {
        maker->document->status = FPL_E_MEMORY;
        return;
    }
    count_groups(maker->model, &t);
    const char *words = counted(maker, t.total, N_("%s group"), N_("%s groups"));
    fpl_value *by_grade = fpl_value_map(maker->document);
    const char *before = ": ";
    for (int g = 0; g <= t.n; g++) {
        if (t.by_grade[g] == 0 || (g == t.n && t.by_grade[g] == t.total)) continue;
        const char *name = g < t.n ? fpli_grade_words(maker, grade_id(content, g))
                                   : fpli_tr(maker->words, N_("without a grade"));
        words = fpli_textf(maker->document, "%s%s%d %s", words, before, t.by_grade[g],
                           name);
        fpl_value_set(by_grade, g < t.n ? grade_id(content, g) : "none",
                      fpl_value_int(maker->document, t.by_grade[g]));
        before = ", ";
    }
    fpl_value *total = fpl_value_int(maker->document, t.total);
    fpl_section_field(section, "judgement_groups",
                      fpli_tr(maker->words, N_("Judgements")),
                      fpl_value_word(maker->document, total, words));
    fpl_section_field(section, "by_grade", NULL, by_grade);
    fpli_free(t.by_grade);
}

static void add_space(const fpli_maker *maker, fpl_section *section)
{
    fpl_count space = {0};
    if (fpl_model_space(maker->model, &space) != FPL_OK) {
        maker->document->status = FPL_E_MEMORY;
    } else {
        const char *size = fpli_count_words(maker->document, maker->words, &space);
        const char *format = fpli_tr_counted(maker->words, size, N_("%s scenario"),
                                             N_("%s scenarios"));
        fpl_value *value = fpl_value_count(maker->document, &space);
        fpl_section_field(section, "space", fpli_tr(maker->words, N_("Space")),
                          fpl_value_word(maker->document, value,
                                         fpli_textf(maker->document, format, size)));
    }
    fpl_count_clear(&space);
}

/* "30 measures" with a blank at which no line breaks. */
static const char *unbroken(const fpli_maker *maker, const char *item)
{
    const char *blank = strchr(item, ' ');
    if (blank == NULL || (maker->words != NULL && maker->words->ascii)) return item;
    return fpli_textf(maker->document, "%.*s\xC2\xA0%s", (int)(blank - item), item,
                      blank + 1);
}

/* Lists that are there: "30 measures, 9 gates". For programs all of them, empty ones too. */
static void add_lists(const fpli_maker *maker, fpl_section *section)
{
    const fpl_content *content = fpl_model_content(maker->model);
    const struct {
        const char *key, *one, *many;
        int n;
    } lists[] = {
        {"exclusions", N_("%s exclusion"), N_("%s exclusions"), content->exclusions.n},
        {"rules", N_("%s rule"), N_("%s rules"), content->regime.rules.n},
        {"measures", N_("%s measure"), N_("%s measures"), content->measures.n},
        {"gates", N_("%s gate"), N_("%s gates"), content->gates.n},
        {"claims", N_("%s claim"), N_("%s claims"), content->claims.n},
        {"loops", N_("%s loop"), N_("%s loops"), content->loops.n},
        {"signposts", N_("%s signpost"), N_("%s signposts"), content->signposts.n},
        {"hedges", N_("%s hedge"), N_("%s hedges"), content->hedges.n},
        {"observations", N_("%s observation"), N_("%s observations"),
         content->observations.n},
        {"predictions", N_("%s prediction"), N_("%s predictions"),
         content->predictions.n},
        {"states", N_("%s dated state"), N_("%s dated states"), content->states.n},
    };
    const char *words = "";
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        fpl_section_field(section, lists[i].key, NULL,
                          fpl_value_int(maker->document, lists[i].n));
        if (lists[i].n == 0) continue;
        const char *item = counted(maker, lists[i].n, lists[i].one, lists[i].many);
        words = fpli_textf(maker->document, "%s%s%s", words, *words == '\0' ? "" : ", ",
                           unbroken(maker, item));
    }
    if (*words != '\0')
        fpl_section_field(section, NULL, fpli_tr(maker->words, N_("Besides")),
                          fpl_value_text(maker->document, words));
}

void fpli_add_model(const fpli_maker *maker, fpl_section *section)
{
    const fpl_content *content = fpl_model_content(maker->model);
    const char *title = fpl_text_in(&content->title, fpli_language(maker->words));
    fpl_section_field(section, "title", NULL, fpl_value_text(maker->document, title));
    add_descriptors(maker, section);
    add_judgements(maker, section);
    add_space(maker, section);
    add_lists(maker, section);
    if (content->date != NULL)
        fpl_section_field(section, "date", fpli_tr(maker->words, N_("Speaks for")),
                          fpl_value_text(maker->document, content->date));
    fpl_section_field(section, "hindsight", NULL,
                      fpl_value_bool(maker->document, content->hindsight == FPL_YES));
    if (content->hindsight == FPL_YES)
        fpl_section_say(section,
                        fpli_tr(maker->words,
                                N_("The coder knew what came afterwards (hindsight).")));
}

fpl_status fpl_result_model(const fpl_model *model, const fpl_output_options *words,
                            fpl_document **document, fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-model", model, words, error);
    if (status != FPL_OK) return status;
    const fpl_content *content = fpl_model_content(model);
    const char *title = fpl_text_in(&content->title, fpli_language(words));
    fpl_section *root = fpl_document_root(maker.document);
    fpli_add_model(&maker, fpl_section_add(root, NULL, *title == '\0' ? NULL : title));
    return fpli_finish(&maker, document, error);
}
