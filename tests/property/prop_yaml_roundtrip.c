/* Laws of the native format on random content: what is written is read back as the same
 * model; the writer's layout is canonical; formatting any layout keeps the model and is
 * done after once; editing a group gives that group and changes no other.
 *
 * Content is made by the field table, so that a field that is added later is covered. */
#include "support/check.h"

#include "base/rng.h"
#include "model/builder.h"
#include "model/records.h"

#include <fahrplan/io.h>

typedef struct making {
    fpli_arena *arena;
    fpli_rng rng;
    int serial; /* ids are unique */
} making;

static int below(making *m, int n)
{
    return (int)fpli_rng_below(&m->rng, (uint64_t)n);
}

static const char *copy(making *m, const char *text)
{
    char *made = fpli_arena_text(m->arena, text, strlen(text));
    assert_non_null(made);
    return made;
}

static void *append(making *m, void *list, size_t size)
{
    void *item = fpli_list_append(m->arena, list, size);
    assert_non_null(item);
    return item;
}

/* ---- scalars that lean to the corners ---------------------------------------------- */

static const char *const pieces[] = {"word",
                                     "Größe",
                                     " ",
                                     "  ",
                                     ":",
                                     ": ",
                                     " #",
                                     "#",
                                     "'",
                                     "\"",
                                     "\\",
                                     ",",
                                     "[",
                                     "}",
                                     "-",
                                     "- ",
                                     "?",
                                     "%",
                                     "@",
                                     "&a",
                                     "*a",
                                     "!t",
                                     "|",
                                     ">",
                                     "~",
                                     "null",
                                     "yes",
                                     "no",
                                     "1",
                                     "1.5",
                                     "0x1F",
                                     "2024-01-01",
                                     "\n",
                                     "\n\n",
                                     " \n",
                                     "\t",
                                     "\xC2\x85",
                                     "\xE2\x80\xA8",
                                     "\xF0\x9F\x98\x80",
                                     "\x01",
                                     "\r",
                                     "---",
                                     "...",
                                     "=",
                                     "a rather long piece of prose that goes on, and on, "
                                     "and on, until the line is full of it "};

static const char *make_string(making *m)
{
    char text[2048] = "";
    int n = below(m, 6);
    for (int i = 0; i < n; i++)
        strcat(text, pieces[below(m, sizeof pieces / sizeof *pieces)]);
    return copy(m, text);
}

static const char *make_id(making *m)
{
    static const char *const stems[] = {"a", "no", "null", "Straße", "x-y", "e", "A.b_c"};
    char text[64];
    snprintf(text, sizeof text, "%s%d", stems[below(m, 7)], m->serial++);
    return copy(m, text);
}

static void make_text(making *m, fpl_text *text)
{
    static const char *const languages[] = {"en", "de", "no", "pt-BR"};
    if (below(m, 2) == 0) {
        fpl_phrase *phrase = append(m, text, sizeof *phrase);
        *phrase = (fpl_phrase){"", make_string(m)};
        return;
    }
    for (int i = 0; i < 4; i++) {
        if (below(m, 2) == 0) continue;
        fpl_phrase *phrase = append(m, text, sizeof *phrase);
        *phrase = (fpl_phrase){languages[i], make_string(m)};
    }
}

static double make_number(making *m, const fpli_field *field)
{
    double share = below(m, 4) == 0 ? below(m, 2) : fpli_rng_unit(&m->rng);
    return field->low + share * ((double)field->high - field->low);
}

/* ---- records by the table ---------------------------------------------------------- */

enum { N_DESCRIPTORS = 3, N_VARIANTS = 3 };

/* The frame to which everything else refers. */
typedef struct frame {
    const char *descriptors[N_DESCRIPTORS];
    const char *variants[N_DESCRIPTORS][N_VARIANTS];
    const char *source, *actor;
    int scope; /* the descriptor whose variants are meant */
} frame;

static frame f;

static void make_record(making *m, const fpli_record *record, int first, void *base);

static void make_strings(making *m, fpl_strings *strings, bool ids)
{
    for (int n = below(m, 5); n > 0; n--) {
        const char **item = append(m, strings, sizeof *item);
        *item = ids ? make_id(m) : below(m, 2) == 0 ? copy(m, "28") : make_string(m);
    }
}

static const char *pick(making *m, const fpli_field *field)
{
    int d = below(m, N_DESCRIPTORS);
    switch (field->target) {
    case FPLI_TO_SOURCE: return f.source;
    case FPLI_TO_GRADE: return "stated";
    case FPLI_TO_ACTOR: return f.actor;
    case FPLI_TO_VARIANT: return f.variants[f.scope][below(m, N_VARIANTS)];
    case FPLI_TO_LEVEL: return f.variants[0][below(m, N_VARIANTS)];
    case FPLI_TO_DESCRIPTOR:
        if ((field->flags & FPLI_SCOPE) != 0) f.scope = d;
        return f.descriptors[d];
    default: return NULL; /* measures, observations, predictions: may not be there */
    }
}

static void make_refs(making *m, const fpli_field *field, fpl_refs *refs)
{
    for (int n = below(m, 3); n > 0; n--) {
        const char *id = pick(m, field);
        if (id == NULL) return;
        fpl_ref *ref = append(m, refs, sizeof *ref);
        ref->id = id;
    }
}

static void make_decimals(making *m, void *list)
{
    for (int i = 0; i < N_VARIANTS; i++) {
        fpl_decimal *value = append(m, list, sizeof *value);
        *value = (fpl_decimal){below(m, 21) - 10, below(m, 3)};
    }
}

/* Each key once: the i-th descriptor, or the i-th variant of the one in scope. */
static void make_map(making *m, const fpli_field *field, void *list)
{
    const fpli_field *key = &field->record->fields[0];
    const int scope = f.scope;
    for (int i = 0; i < N_VARIANTS; i++) {
        if (below(m, 3) == 0) continue;
        char *item = append(m, list, field->record->size);
        fpl_ref *ref = (fpl_ref *)(void *)(item + key->offset);
        const bool names_descriptor = key->target == FPLI_TO_DESCRIPTOR;
        ref->id = names_descriptor ? f.descriptors[i] : f.variants[scope][i];
        if (names_descriptor) f.scope = i;
        make_record(m, field->record, 1, item);
        f.scope = scope;
    }
}

static void make_records(making *m, const fpli_field *field, void *list)
{
    const int scope = f.scope;
    for (int n = below(m, 3); n > 0; n--) {
        make_record(m, field->record, 0, append(m, list, field->record->size));
        f.scope = scope;
    }
}

static void make_condition(making *m, fpl_condition *condition)
{
    char text[200];
    int d = below(m, N_DESCRIPTORS);
    snprintf(text, sizeof text, "%s%s in {%s, %s}", below(m, 2) == 0 ? "not " : "",
             f.descriptors[d], f.variants[d][0], f.variants[d][1]);
    condition->text = copy(m, text);
}

static void make_field(making *m, const fpli_field *field, void *base)
{
    void *member = fpli_member(base, field);
    switch (field->type) {
    case FPLI_ID: *(const char **)member = make_id(m); break;
    case FPLI_STRING: *(const char **)member = make_string(m); break;
    case FPLI_DATE: *(const char **)member = "2024-02-29"; break;
    case FPLI_DURATION: *(const char **)member = "30d"; break;
    case FPLI_COLOR: *(const char **)member = "#0072B2"; break;
    case FPLI_TEXT: make_text(m, member); break;
    case FPLI_STRINGS: make_strings(m, member, false); break;
    case FPLI_IDS: make_strings(m, member, true); break;
    case FPLI_COUNT: *(int *)member = below(m, 5); break;
    case FPLI_INTEGER:
        *(fpl_integer *)member = (fpl_integer){(int)make_number(m, field), true};
        break;
    case FPLI_REAL: *(fpl_real *)member = (fpl_real){make_number(m, field), true}; break;
    case FPLI_YESNO: *(fpl_tristate *)member = (fpl_tristate)below(m, 3); break;
    case FPLI_WORD: *(int *)member = field->words[0].value; break;
    case FPLI_REF: ((fpl_ref *)member)->id = pick(m, field); break;
    case FPLI_REFS: make_refs(m, field, member); break;
    case FPLI_CONDITION: make_condition(m, member); break;
    case FPLI_DECIMALS: make_decimals(m, member); break;
    case FPLI_RECORD: make_record(m, field->record, 0, member); break;
    case FPLI_RECORDS: make_records(m, field, member); break;
    case FPLI_MAP: make_map(m, field, member); break;
    case FPLI_CITED: make_record(m, field->record, 0, member); break;
    }
}

static void make_record(making *m, const fpli_record *record, int first, void *base)
{
    for (int i = first; i < record->n_fields; i++)
        if ((record->fields[i].flags & FPLI_REQUIRED) != 0 || below(m, 2) == 0)
            make_field(m, &record->fields[i], base);
    if (record == &fpli_citation_record || first + 1 == record->n_fields ||
        below(m, 5) != 0)
        return;
    fpl_extra *extra = append(m, &((fpl_head *)base)->extras, sizeof *extra);
    *extra = (fpl_extra){"x-own",
                         below(m, 2) == 0 ? "{a: 1, b: [\"2\", ~]}" : "some # text: x"};
}

/* ---- models ------------------------------------------------------------------------ */

static void make_frame(making *m)
{
    for (int d = 0; d < N_DESCRIPTORS; d++) {
        f.descriptors[d] = make_id(m);
        for (int v = 0; v < N_VARIANTS; v++) f.variants[d][v] = make_id(m);
    }
    f.source = make_id(m);
    f.actor = make_id(m);
}

/* Give the random content its frame, and mend what rules beyond the table would refuse.
 */
static void mend(making *m, fpl_content *content)
{
    memset(&content->descriptors, 0, sizeof content->descriptors);
    memset(&content->impacts, 0, sizeof content->impacts);
    memset(&content->grades, 0, sizeof content->grades);
    for (int d = 0; d < N_DESCRIPTORS; d++) {
        fpl_descriptor *descriptor = append(m, &content->descriptors, sizeof *descriptor);
        *descriptor = (fpl_descriptor){
            .id = f.descriptors[d], .kind = FPL_CHOICE, .ordered = FPL_YES};
        make_text(m, &descriptor->name);
        for (int v = 0; v < N_VARIANTS; v++) {
            fpl_variant *variant = append(m, &descriptor->variants, sizeof *variant);
            variant->id = f.variants[d][v];
            make_text(m, &variant->name);
        }
        fpl_impact *impact = append(m, &content->impacts, sizeof *impact);
        impact->from.id = f.descriptors[d];
        impact->to.id = f.descriptors[(d + 1) % N_DESCRIPTORS];
        f.scope = d;
        for (int i = 2; i < 6; i++) /* scores, because, note, others */
            make_field(m, &fpli_content_record.fields[10].record->fields[i], impact);
    }
    ((fpl_source *)append(m, &content->sources, sizeof(fpl_source)))->id = f.source;
    ((fpl_actor *)append(m, &content->actors, sizeof(fpl_actor)))->id = f.actor;
    content->level.id = f.descriptors[0];
    content->roadmap.drivers.n = 0;
    content->scale = (fpl_integer){1000, true};
    for (int i = 0; i < content->hedges.n; i++) {
        content->hedges.items[i].low = (fpl_real){0.1, true};
        content->hedges.items[i].high = (fpl_real){1.0 / 3, true};
    }
}

static fpl_model *make_model(uint64_t seed, fpl_error *error)
{
    making m = {.arena = fpli_arena_new()};
    assert_non_null(m.arena);
    fpli_rng_start(&m.rng, seed, "yaml");
    fpl_content content;
    memset(&content, 0, sizeof content);
    make_frame(&m);
    make_record(&m, &fpli_content_record, 0, &content);
    mend(&m, &content);
    fpl_builder *builder = NULL;
    fpl_model *model = NULL;
    assert_int_equal(fpli_builder_take(m.arena, &content, "", &builder, error), FPL_OK);
    fpl_builder_build(builder, &model, error);
    fpl_builder_free(builder);
    return model;
}

/* ---- laws -------------------------------------------------------------------------- */

static void expect_same(uint64_t seed, const char *law, const char *a, const char *b)
{
    if (strcmp(a, b) == 0) return;
    fprintf(stderr, "seed %llu: %s\n%s\n---\n%s\n", (unsigned long long)seed, law, a, b);
    fail();
}

static fpl_model *read_back(uint64_t seed, const char *text)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, strlen(text), "test", NULL, &model, &error) != FPL_OK) {
        fprintf(stderr, "seed %llu: %d:%d: %s\n%s\n", (unsigned long long)seed,
                error.mark.line, error.mark.column, error.message, text);
        fail();
    }
    return model;
}

static void check_editing(uint64_t seed, const fpl_model *model, const char *text)
{
    const fpl_decimal scores[N_VARIANTS] = {{-5, 0}, {125, 2}, {7, 0}};
    const fpl_content *content = fpl_model_content(model);
    const int from = (int)(seed % N_DESCRIPTORS), to = (int)(seed / 3 % N_DESCRIPTORS);
    if (from == to) return;
    char *edited = NULL;
    fpl_error error = {0};
    const fpl_descriptor *d = &content->descriptors.items[from];
    if (fpl_yaml_set_scores(text, strlen(text), "test", d->id, d->variants.items[1].id,
                            content->descriptors.items[to].id, scores, N_VARIANTS,
                            &edited, NULL, &error) != FPL_OK)
        fail_msg("seed %llu: %s", (unsigned long long)seed, error.message);
    fpl_model *after = read_back(seed, edited);
    const int unit = fpl_model_denominator(after),
              old_unit = fpl_model_denominator(model);
    for (int a = 0; a < N_DESCRIPTORS * N_VARIANTS; a++)
        for (int b = 0; b < N_DESCRIPTORS * N_VARIANTS; b++) {
            const int i = a / N_VARIANTS, j = b / N_VARIANTS, v = a % N_VARIANTS,
                      w = b % N_VARIANTS;
            const int got = fpl_model_judgement(after, i, v, j, w);
            const fpl_decimal s = scores[w];
            if (i == from && j == to && v == 1)
                assert_int_equal(got, s.value * unit / (s.places == 2 ? 100 : 1));
            else
                assert_int_equal(got * old_unit,
                                 fpl_model_judgement(model, i, v, j, w) * unit);
        }
    fpl_model_free(after);
    fpl_string_free(edited);
}

static void check(uint64_t seed, const fpl_model *model)
{
    char *written = NULL, *again = NULL, *formatted = NULL;
    fpl_error error = {0};
    if (fpl_model_write(model, NULL, &written, NULL, &error) != FPL_OK)
        fail_msg("seed %llu: %s", (unsigned long long)seed, error.message);
    fpl_model *back = read_back(seed, written);
    assert_int_equal(fpl_model_write(back, NULL, &again, NULL, NULL), FPL_OK);
    expect_same(seed, "written again it is the same text", written, again);
    expect_same(seed, "the digest is the same", fpl_model_digest(model),
                fpl_model_digest(back));
    assert_int_equal(
        fpl_yaml_format(written, strlen(written), "test", &formatted, NULL, &error),
        FPL_OK);
    expect_same(seed, "what is written is formatted", written, formatted);
    check_editing(seed, model, written);
    fpl_model_free(back);
    fpl_string_free(written);
    fpl_string_free(again);
    fpl_string_free(formatted);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    const char *scale = getenv("FPL_TEST_SCALE");
    const uint64_t n = 300 * (uint64_t)(scale == NULL ? 1 : atoi(scale));
    uint64_t built = 0;
    for (uint64_t seed = 1; seed <= n; seed++) {
        fpl_error error = {0};
        fpl_model *model = make_model(seed, &error);
        if (model == NULL) {
            if (getenv("FPL_TEST_VERBOSE") != NULL)
                fprintf(stderr, "%s\n", error.message);
            continue; /* a rule beyond the table */
        }
        built++;
        check(seed, model);
        fpl_model_free(model);
    }
    assert_true(built > n / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_written_is_read_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
