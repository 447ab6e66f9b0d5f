/* The canonical text of a ScenarioWizard project, handed out line by line. */
#include "base/status.h"
#include "io/scw.h"

#include <stdlib.h>
#include <string.h>

typedef struct putting {
    const scw_project *project;
    scw_sink *sink;
    void *context;
    fpli_buffer line;
    int number;
    bool no_memory;
} putting;

static void end_line(putting *p)
{
    p->number++;
    fpli_put(&p->line, "");
    if (p->line.broken)
        p->no_memory = true;
    else if (!p->no_memory)
        p->sink(p->context, p->number, p->line.text, p->line.size);
    if (p->line.broken) fpli_buffer_clear(&p->line);
    p->line.size = 0;
}

static void put_line(putting *p, const char *before, const char *text)
{
    fpli_put(&p->line, before);
    scw_put_folded(&p->line, text);
    end_line(p);
}

static void put_raw(putting *p, const char *text)
{
    if (!p->no_memory && *text != '\0') p->sink(p->context, 0, text, strlen(text));
}

void scw_put_folded(fpli_buffer *buffer, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (c[0] == '\r' && c[1] == '\n') continue;
        const char byte = *c == '\n' || *c == '\r' ? ' ' : *c == '"' ? '\'' : *c;
        fpli_put_bytes(buffer, &byte, 1);
    }
}

static void put_structure(putting *p)
{
    for (int d = 0; d < p->project->n; d++) {
        const scw_descriptor *descriptor = &p->project->descriptors[d];
        put_line(p, "&", descriptor->name);
        for (int v = 0; v < descriptor->n_variants; v++)
            put_line(p, " -", p->project->variants[descriptor->first + v].name);
    }
    put_line(p, "#", "");
}

static void put_short_names(putting *p)
{
    for (int d = 0; d < p->project->n; d++) {
        const scw_descriptor *descriptor = &p->project->descriptors[d];
        put_line(p, "&", descriptor->short_name);
        for (int v = 0; v < descriptor->n_variants; v++)
            put_line(p, " ", p->project->variants[descriptor->first + v].short_name);
    }
    put_line(p, "#", "");
}

static void put_colors(putting *p)
{
    for (int v = 0; v < p->project->n_variants && p->project->has_colors; v++)
        put_line(p, "", p->project->variants[v].color);
    put_line(p, "#", "");
}

static void put_scores(putting *p)
{
    const int T = p->project->n_variants;
    for (int row = 0; row < T; row++) {
        for (int column = 0; column < T; column++) {
            const int score =
                p->project->scores[(size_t)row * (size_t)T + (size_t)column];
            fpli_putf(&p->line, "%s%s%d ", column == 0 ? "" : ",", score < 0 ? "-" : " ",
                      abs(score));
        }
        end_line(p);
    }
    put_line(p, "#", "");
}

static void put_text(putting *p, const char *text)
{
    fpli_put(&p->line, "\"");
    scw_put_folded(&p->line, text);
    fpli_put(&p->line, "\"");
    end_line(p);
}

static void put_texts(putting *p)
{
    const scw_project *project = p->project;
    int left = project->n_texts;
    if (left-- > 0) {
        put_line(p, "# 0-0", "");
        put_text(p, project->text);
    }
    for (int d = 0; d < project->n && left > 0; d++, left--) {
        put_line(p, "# ", project->descriptors[d].short_name);
        put_text(p, project->descriptors[d].text);
    }
    for (int i = 0; i < project->n; i++) {
        for (int j = 0; j < project->n && left > 0; j++, left--) {
            fpli_put(&p->line, "# ");
            scw_put_folded(&p->line, project->descriptors[i].short_name);
            put_line(p, " -> ", project->descriptors[j].short_name);
            put_text(p, project->texts[i * project->n + j]);
        }
    }
}

fpl_status scw_put(const scw_project *project, scw_sink *sink, void *context,
                   fpl_error *error)
{
    putting p = {.project = project, .sink = sink, .context = context};
    put_line(&p, "", project->tag);
    put_line(&p, "", project->title);
    put_structure(&p);
    put_short_names(&p);
    put_raw(&p, project->section3);
    put_line(&p, "#", "");
    put_colors(&p);
    put_raw(&p, project->section5);
    put_line(&p, "#", "");
    put_scores(&p);
    put_texts(&p);
    if (project->end != NULL) {
        put_raw(&p, project->end);
    } else {
        put_line(&p, "#", "");
        put_line(&p, "#", "");
    }
    fpli_buffer_clear(&p.line);
    return p.no_memory ? fpli_no_memory(error) : FPL_OK;
}
