/* What to watch: the drivers that tell answers apart, and what reports tell of a goal. */
#include "output/doc_roadmap.h"

#include "base/date.h"

#include <fahrplan/results.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct page {
    fpli_maker maker;
    const fpl_signposts_view *view;
} page;

static int descriptor_of(const page *p, const fpl_watch_item *item)
{
    return fpl_roadmap_drivers(p->view->roadmap)[item->driver];
}

static const fpl_signpost *signpost_of(const page *p, const fpl_diagnosis *d)
{
    return &fpl_model_content(p->maker.model)->signposts.items[d->signpost];
}

/* ---- for programs --------------------------------------------------------------------------- */

/* Null for what is not a number, "infinity" for what has no bound. */
static fpl_value *real(const page *p, double value)
{
    fpl_document *document = p->maker.document;
    if (isnan(value)) return fpl_value_null(document);
    return isinf(value) ? fpl_value_text(document, "infinity")
                        : fpl_value_real(document, value);
}

static void list_watch(const page *p, fpl_section *root)
{
    static const char *const keys[] = {"driver", "alone", "then", "in_all", "in_some"};
    fpl_document *document = p->maker.document;
    const fpl_watch_list *watch = p->view->watch;
    fpl_value *sets = fpl_value_list(document);
    for (int s = 0; s < fpl_watch_list_n_sets(watch); s++) {
        fpl_value *set = fpl_value_list(document);
        for (int i = 0; i < fpl_watch_list_n(watch); i++)
            if (fpl_watch_list_set(watch, s)[i])
                fpl_value_append(
                    set, fpl_value_text(
                             document,
                             fpli_descriptor_id(
                                 &p->maker, fpl_roadmap_drivers(p->view->roadmap)[i])));
        fpl_value_append(sets, set);
    }
    fpl_section_field(root, "resolving", NULL, sets);
    fpl_section_field(root, "entropy", NULL, real(p, fpl_watch_list_entropy(watch)));
    fpl_table *table = fpl_section_table(root, "watch", NULL);
    for (int i = 0; i < 5; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int i = 0; i < fpl_watch_list_n(watch); i++) {
        const fpl_watch_item *item = fpl_watch_list_get(watch, i);
        fpl_table_row(table);
        fpl_table_cell(
            table, fpl_value_text(document,
                                  fpli_descriptor_id(&p->maker, descriptor_of(p, item))));
        fpl_table_cell(table, real(p, item->alone));
        fpl_table_cell(table, real(p, item->then));
        fpl_table_cell(table, fpl_value_bool(document, item->is_in_all));
        fpl_table_cell(table, fpl_value_bool(document, item->is_in_some));
    }
}

static void list_figures(const page *p, fpl_table *table, const fpl_diagnosis *d)
{
    const bool known = d->is_stated;
    fpl_table_cell(table, real(p, known ? d->report : NAN));
    fpl_table_cell(table, real(p, known ? d->goal_if_yes : NAN));
    fpl_table_cell(table, real(p, known ? d->goal_if_no : NAN));
    fpl_table_cell(table, real(p, known ? d->information : NAN));
    fpl_table_cell(table, real(p, known ? d->ratio : NAN));
    fpl_table_cell(table, fpl_value_bool(p->maker.document, d->triggers_if_yes));
    fpl_table_cell(table, fpl_value_bool(p->maker.document, d->triggers_if_no));
}

static void add_figure_keys(fpl_table *table)
{
    static const char *const keys[] = {"p_report",     "p_goal_if_yes", "p_goal_if_no",
                                       "information",  "ratio",         "trigger_if_yes",
                                       "trigger_if_no"};
    for (int i = 0; i < 7; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
}

/* The day by which a question is decided; NULL if the model or the signpost names none. */
static const char *deadline(const page *p, const fpl_signpost *s)
{
    char text[FPLI_DATE_TEXT];
    const char *date = fpl_model_content(p->maker.model)->date;
    if (!fpli_date_after(date, s->lead, text)) return NULL;
    return fpli_textf(p->maker.document, "%s", text);
}

static fpl_value *text_or_null(const page *p, const char *text)
{
    return text == NULL || *text == '\0' ? fpl_value_null(p->maker.document)
                                         : fpl_value_text(p->maker.document, text);
}

static const char *class_word(fpl_evidence evidence)
{
    static const char *const words[] = {"", "official", "direct", "circumstantial",
                                        "claim"};
    return words[evidence];
}

static void list_diagnoses(const page *p, fpl_section *root)
{
    const char *language = fpli_language(p->maker.words);
    fpl_table *signposts = fpl_section_table(root, "signposts", NULL);
    fpl_table *descriptors = fpl_section_table(root, "descriptors", NULL);
    static const char *const keys[] = {"id",       "about",    "question",
                                       "resolves", "deadline", "class"};
    fpl_table_prefer(signposts);
    for (int i = 0; i < 6; i++)
        fpl_table_column(signposts, keys[i], NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(descriptors, "descriptor", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(descriptors, "variant", NULL, FPL_COLUMN_HIDDEN);
    add_figure_keys(signposts);
    add_figure_keys(descriptors);
    for (int i = 0; i < fpl_diagnoses_n(p->view->diagnoses); i++) {
        const fpl_diagnosis *d = fpl_diagnoses_get(p->view->diagnoses, i);
        fpl_table *table = d->signpost < 0 ? descriptors : signposts;
        fpl_table_row(table);
        if (d->signpost < 0) {
            fpl_table_cell(table,
                           text_or_null(p, fpli_descriptor_id(&p->maker, d->descriptor)));
            fpl_table_cell(
                table,
                text_or_null(p, fpli_variant_id(&p->maker, d->descriptor, d->variant)));
        } else {
            const fpl_signpost *s = signpost_of(p, d);
            fpl_table_cell(table, text_or_null(p, s->id));
            fpl_table_cell(table, text_or_null(p, s->about.id));
            fpl_table_cell(table, text_or_null(p, fpl_text_in(&s->text, language)));
            fpl_table_cell(table, text_or_null(p, fpl_text_in(&s->resolves, language)));
            fpl_table_cell(table, text_or_null(p, deadline(p, s)));
            fpl_table_cell(table, text_or_null(p, class_word(s->source_class)));
        }
        list_figures(p, table, d);
    }
}

/* ---- for people ----------------------------------------------------------------------------- */

static const char *bits(const page *p, double value)
{
    char text[64];
    snprintf(text, sizeof text, "%.2f", value);
    char *dot = strchr(text, '.');
    if (dot != NULL && fpli_language(p->maker.words)[0] == 'd') *dot = ',';
    return fpli_textf(p->maker.document, "%s", text);
}

static const char *figure(const page *p, double value)
{
    if (isnan(value)) return fpli_tr(p->maker.words, N_("never"));
    if (isinf(value))
        return p->maker.words != NULL && p->maker.words->ascii ? "inf" : "\xE2\x88\x9E";
    return bits(p, value);
}

static void put(const page *p, fpl_table *table, const char *text, fpl_tone tone)
{
    fpl_table_cell(table, fpl_value_tone(fpl_value_text(p->maker.document, text), tone));
}

static void say_sets(const page *p, fpl_section *section)
{
    const fpl_output_options *words = p->maker.words;
    const fpl_watch_list *watch = p->view->watch;
    const int n_sets = fpl_watch_list_n_sets(watch);
    for (int s = 0; s < n_sets; s++) {
        const char *names = "";
        for (int i = 0; i < fpl_watch_list_n(watch); i++)
            if (fpl_watch_list_set(watch, s)[i])
                names = fpli_textf(
                    p->maker.document, "%s%s%s", names, *names == '\0' ? "" : ", ",
                    fpli_descriptor_words(&p->maker,
                                          fpl_roadmap_drivers(p->view->roadmap)[i]));
        if (*names == '\0')
            fpl_section_say(section,
                            fpli_tr(words, N_("All rows give the same answer: no driver "
                                              "needs to be watched.")));
        else if (n_sets == 1)
            fpli_sayf(
                section,
                fpli_tr(words, N_("Who knows these drivers knows the answer, and none "
                                  "can be spared: %s.")),
                names);
        else
            fpli_sayf(section, fpli_tr(words, N_("A set that is enough, %d of %d: %s.")),
                      s + 1, n_sets, names);
    }
}

static void show_watch(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const fpl_watch_list *watch = p->view->watch;
    fpl_section *section = fpl_section_add(root, NULL,
                                           fpli_tr(words, N_("The drivers to watch")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Driver")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("bits alone")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("bits added")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, "", FPL_COLUMN_PLAIN);
    for (int i = 0; i < fpl_watch_list_n(watch); i++) {
        const fpl_watch_item *item = fpl_watch_list_get(watch, i);
        fpl_table_row(table);
        put(p, table, fpli_descriptor_words(&p->maker, descriptor_of(p, item)),
            FPL_TONE_PLAIN);
        put(p, table, bits(p, item->alone), FPL_TONE_PLAIN);
        put(p, table, bits(p, item->then), FPL_TONE_PLAIN);
        put(p, table,
            item->is_in_all    ? fpli_tr(words, N_("needed"))
            : item->is_in_some ? fpli_tr(words, N_("can be replaced"))
                               : fpli_tr(words, N_("tells nothing new")),
            item->is_in_some ? FPL_TONE_PLAIN : FPL_TONE_FAINT);
    }
    fpli_sayf(section,
              fpli_tr(words, N_("The answers of the rows hold %s bits; each line adds to "
                                "those above it.")),
              bits(p, fpl_watch_list_entropy(watch)));
    say_sets(p, section);
}

static const char *trigger_words(const page *p, const fpl_diagnosis *d)
{
    const fpl_output_options *words = p->maker.words;
    if (d->triggers_if_yes && d->triggers_if_no) return fpli_tr(words, N_("yes or no"));
    if (d->triggers_if_yes) return fpli_tr(words, N_("yes"));
    return d->triggers_if_no ? fpli_tr(words, N_("no")) : "";
}

static void show_figures(const page *p, fpl_table *table, const fpl_diagnosis *d)
{
    const bool known = d->is_stated;
    put(p, table, known ? bits(p, d->report) : "", FPL_TONE_PLAIN);
    put(p, table, known ? figure(p, d->goal_if_yes) : "", FPL_TONE_PLAIN);
    put(p, table, known ? figure(p, d->goal_if_no) : "", FPL_TONE_PLAIN);
    put(p, table, known ? bits(p, d->information) : "", FPL_TONE_STRONG);
    put(p, table, known ? figure(p, d->ratio) : "", FPL_TONE_PLAIN);
    put(p, table, trigger_words(p, d), FPL_TONE_ALERT);
}

static void add_figure_columns(const page *p, fpl_table *table)
{
    static const char *const heads[] = {N_("P(yes)"), N_("P if yes"), N_("P if no"),
                                        N_("bits"), N_("ratio")};
    for (int i = 0; i < 5; i++)
        fpl_table_column(table, NULL, fpli_tr(p->maker.words, heads[i]),
                         FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(p->maker.words, N_("trigger")),
                     FPL_COLUMN_PLAIN);
}

static void show_reports(const page *p, fpl_section *root, bool of_signposts)
{
    const fpl_output_options *words = p->maker.words;
    const char *heading = of_signposts ? fpli_tr(words, N_("What a report would tell"))
                                       : fpli_tr(words, N_("What could be seen without "
                                                           "error"));
    fpl_section *section = fpl_section_add(root, NULL, heading);
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL,
                     of_signposts ? fpli_tr(words, N_("Report"))
                                  : fpli_tr(words, N_("Most telling variant")),
                     FPL_COLUMN_WRAP);
    add_figure_columns(p, table);
    for (int i = 0; i < fpl_diagnoses_n(p->view->diagnoses); i++) {
        const fpl_diagnosis *d = fpl_diagnoses_get(p->view->diagnoses, i);
        if ((d->signpost >= 0) != of_signposts) continue;
        fpl_table_row(table);
        if (of_signposts)
            put(p, table, fpl_text_in(&signpost_of(p, d)->text, fpli_language(words)),
                FPL_TONE_PLAIN);
        else
            put(p, table,
                fpli_textf(p->maker.document, "%s: %s",
                           fpli_descriptor_words(&p->maker, d->descriptor),
                           fpli_variant_words(&p->maker, d->descriptor, d->variant)),
                FPL_TONE_PLAIN);
        show_figures(p, table, d);
    }
    if (!of_signposts)
        fpl_section_say(section,
                        fpli_tr(words, N_("Bits: of the descriptor as a whole.")));
}

static void show_questions(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const char *language = fpli_language(words);
    fpl_section *section = fpl_section_add(
        root, NULL, fpli_tr(words, N_("Questions for a forecasting site")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("by")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Will this happen?")),
                     FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("resolves as yes if")),
                     FPL_COLUMN_WRAP);
    for (int i = 0; i < fpl_diagnoses_n(p->view->diagnoses); i++) {
        const fpl_diagnosis *d = fpl_diagnoses_get(p->view->diagnoses, i);
        if (d->signpost < 0) continue;
        const fpl_signpost *s = signpost_of(p, d);
        const char *by = deadline(p, s), *how = fpl_text_in(&s->resolves, language);
        fpl_table_row(table);
        put(p, table, by == NULL ? fpli_tr(words, N_("no day")) : by, FPL_TONE_PLAIN);
        put(p, table, fpl_text_in(&s->text, language), FPL_TONE_PLAIN);
        put(p, table, *how == '\0' ? fpli_tr(words, N_("the model does not say")) : how,
            FPL_TONE_PLAIN);
    }
}

static void show_goal(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const uint64_t n = p->view->n_scenarios;
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_textf(p->maker.document, fpli_tr(words, N_("The goal: %s")), p->view->goal));
    fpli_sayf(
        section,
        fpli_tr(words, N_("P = %s before any report, as a share of %s. A report that "
                          "moves P across %s is a trigger.")),
        bits(p, fpl_diagnoses_goal(p->view->diagnoses)),
        fpli_counted(p->maker.document, words, n, N_("%s consistent scenario"),
                     N_("%s consistent scenarios")),
        bits(p, p->view->threshold));
}

fpl_status fpl_result_signposts(const fpl_model *model, const fpl_signposts_view *view,
                                const fpl_output_options *words, fpl_document **document,
                                fpl_error *error)
{
    page p = {.view = view};
    fpl_status status = fpli_begin(&p.maker, "fahrplan-signposts", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(p.maker.document);
    fpli_stopped(&p.maker, fpl_roadmap_stop(view->roadmap));
    list_watch(&p, root);
    show_watch(&p, root);
    if (view->diagnoses != NULL) {
        fpl_section_field(root, "goal", NULL,
                          fpl_value_text(p.maker.document, view->goal));
        fpl_section_field(root, "meaning", NULL,
                          fpl_value_text(p.maker.document, "share"));
        fpl_section_field(root, "p_goal", NULL,
                          real(&p, fpl_diagnoses_goal(view->diagnoses)));
        fpl_section_field(root, "threshold", NULL, real(&p, view->threshold));
        list_diagnoses(&p, root);
        show_goal(&p, root);
        if (fpl_model_content(model)->signposts.n > 0) show_reports(&p, root, true);
        show_reports(&p, root, false);
        if (view->questions) show_questions(&p, root);
    }
    if (!view->questions && fpl_model_content(model)->signposts.n > 0)
        fpl_section_next(root, fpli_command(&p.maker, "signposts", "--questions"),
                         fpli_tr(words, N_("The signposts as questions")));
    return fpli_finish(&p.maker, document, error);
}
