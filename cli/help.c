/* Help, manual pages and completion, all from the tables of commands and options. */
#include "commands.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_WIDTH = 78, OPTION_COLUMN = 28 };

static int width_of(const char *text, size_t size)
{
    int n = 0;
    for (size_t i = 0; i < size; i++) n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

/* Words of text from column `at` on, wrapped with `indent` blanks. */
static void put_wrapped(const char *text, int indent, int at)
{
    while (*text != '\0') {
        size_t size = strcspn(text, " \n");
        int width = width_of(text, size);
        if (at > indent && at + 1 + width > TEXT_WIDTH) {
            printf("\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)size, text);
        at += width;
        text += size;
        if (*text == '\n') {
            printf("\n%*s", indent, "");
            at = indent;
        }
        if (*text != '\0') text++;
    }
    putchar('\n');
}

static void put_option(const option_row *row)
{
    char head[96];
    int n = row->letter != 0 ? snprintf(head, sizeof head, "  -%c, ", row->letter)
                             : snprintf(head, sizeof head, "      ");
    n += snprintf(head + n, sizeof head - (size_t)n, "--%s", row->name);
    if (row->argument != NULL)
        n += snprintf(head + n, sizeof head - (size_t)n, " %s", tr(row->argument));
    printf("%s", head);
    if (n + 2 > OPTION_COLUMN) {
        printf("\n%*s", OPTION_COLUMN, "");
    } else {
        printf("%*s", OPTION_COLUMN - n, "");
    }
    char text[512];
    if (row->fallback == NULL)
        snprintf(text, sizeof text, "%s", tr(row->help));
    else
        snprintf(text, sizeof text, "%s [%s]", tr(row->help), tr(row->fallback));
    put_wrapped(text, OPTION_COLUMN, OPTION_COLUMN);
}

void help_overview(void)
{
    printf("%s\n\n",
           tr("fahrplan computes what a cross-impact model says, and its roadmap."));
    printf("%s\n\n", tr("usage: fahrplan COMMAND [OPTIONS] MODEL"));
    for (int i = 0; commands[i] != NULL; i++) {
        if (!commands[i]->hidden)
            printf("  %-11s %s\n", commands[i]->name, tr(commands[i]->summary));
    }
    printf("\n%s\n", tr("Begin with: fahrplan run MODEL"));
    printf("%s\n", tr("More about a command: fahrplan help COMMAND"));
}

void help_command(const command_row *command)
{
    printf(tr("usage: fahrplan %s [OPTIONS] %s"), command->name, tr(command->arguments));
    printf("\n\n");
    put_wrapped(tr(command->description), 0, 0);
    if (command->options != NULL) printf("\n%s\n", tr("Options"));
    for (const option_row *row = command->options; row != NULL && row->name != NULL;
         row++)
        put_option(row);
    printf("\n%s\n", tr("Options that commands share"));
    for (int i = 0; shared_row(command->shared, i) != NULL; i++)
        put_option(shared_row(command->shared, i));
}

/* ---- manual pages -------------------------------------------------------------------------- */

/* What roff would read as its own: a dot or quote that begins a line, and signs that it turns into
 * typographic ones. */
static void put_roff(const char *text)
{
    bool begins = true;
    for (; *text != '\0'; text++) {
        if (begins && *text == '.') fputs("\\&", stdout);
        begins = *text == '\n';
        switch (*text) {
        case '\\': fputs("\\e", stdout); break;
        case '-': fputs("\\-", stdout); break;
        case '\'': fputs("\\(aq", stdout); break;
        case '`': fputs("\\(ga", stdout); break;
        case '^': fputs("\\(ha", stdout); break;
        case '~': fputs("\\(ti", stdout); break;
        case '\n': fputs("\n.PP\n", stdout); break;
        default: putchar(*text);
        }
    }
}

static void put_man_option(const option_row *row)
{
    fputs(".TP\n.B ", stdout);
    if (row->letter != 0) printf("\\-%c, ", row->letter);
    fputs("\\-\\-", stdout);
    put_roff(row->name);
    if (row->argument != NULL) {
        fputs(" \\fI", stdout);
        put_roff(tr(row->argument));
        fputs("\\fR", stdout);
    }
    putchar('\n');
    put_roff(tr(row->help));
    if (row->fallback != NULL) {
        fputs(" [", stdout);
        put_roff(tr(row->fallback));
        putchar(']');
    }
    putchar('\n');
}

static void put_exit_codes(void)
{
    static const char *const codes[] = {
        N_("answered"),
        N_("answered, and the answer is no (for commands that check)"),
        N_("misuse of the command line"),
        N_("bad input"),
        N_("stopped at a limit or by Ctrl-C; the partial result is written and marked"),
        N_("could not read or write, or a fault of ours"),
    };
    printf(".SH %s\n", tr("EXIT STATUS"));
    for (int i = 0; i < 6; i++) {
        printf(".TP\n%d\n", i);
        put_roff(tr(codes[i]));
        putchar('\n');
    }
}

/* The heading of the page and its name: command NULL is the program itself. */
static void put_man_head(const command_row *command, const char *summary)
{
    const char *dash = command == NULL ? "" : "\\-";
    const char *name = command == NULL ? "" : command->name;
    fputs(".TH FAHRPLAN", stdout);
    fputs(dash, stdout);
    for (const char *c = name; *c != '\0'; c++) putchar(toupper((unsigned char)*c));
    printf(" 1 \"\" \"Fahrplan %s\"\n", fpl_version());
    printf(".SH %s\nfahrplan%s%s \\- ", tr("NAME"), dash, name);
    put_roff(summary);
    printf("\n.SH %s\n", tr("SYNOPSIS"));
}

static void man_program(void)
{
    put_man_head(NULL,
                 tr("cross-impact balances and conditional roadmaps, computed exactly"));
    printf(".B fahrplan\n\\fI%s\\fR [\\fI%s\\fR] \\fI%s\\fR\n", tr("COMMAND"),
           tr("OPTIONS"), tr("MODEL"));
    printf(".SH %s\n", tr("COMMANDS"));
    for (int i = 0; commands[i] != NULL; i++) {
        if (commands[i]->hidden) continue;
        printf(".TP\n.BR fahrplan\\-%s (1)\n", commands[i]->name);
        put_roff(tr(commands[i]->summary));
        putchar('\n');
    }
    put_exit_codes();
}

void help_man(const command_row *command)
{
    if (command == NULL) {
        man_program();
        return;
    }
    put_man_head(command, tr(command->summary));
    printf(".B fahrplan %s\n[\\fI%s\\fR] \\fI", command->name, tr("OPTIONS"));
    put_roff(tr(command->arguments));
    printf("\\fR\n.SH %s\n", tr("DESCRIPTION"));
    put_roff(tr(command->description));
    printf("\n.SH %s\n", tr("OPTIONS"));
    for (const option_row *row = command->options; row != NULL && row->name != NULL;
         row++)
        put_man_option(row);
    for (int i = 0; shared_row(command->shared, i) != NULL; i++)
        put_man_option(shared_row(command->shared, i));
    put_exit_codes();
    printf(".SH %s\n.BR fahrplan (1)\n", tr("SEE ALSO"));
}

/* ---- completion ---------------------------------------------------------------------------- */

static void put_names(const option_row *row, const char *separator)
{
    printf("%s--%s", separator, row->name);
    if (row->letter != 0) printf(" -%c", row->letter);
}

static void put_words(const option_row *row)
{
    if (row->words == NULL) return;
    printf("    --%s", row->name);
    if (row->letter != 0) printf("|-%c", row->letter);
    printf(") COMPREPLY=($(compgen -W \"");
    for (int i = 0; row->words[i] != NULL; i++)
        printf("%s%s", i > 0 ? " " : "", row->words[i]);
    printf("\" -- \"$word\")); return ;;\n");
}

void help_completion(void)
{
    printf("# bash completion for fahrplan; made by: fahrplan completion bash\n"
           "_fahrplan() {\n"
           "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} "
           "options\n"
           "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"help");
    for (int i = 0; commands[i] != NULL; i++) {
        if (!commands[i]->hidden) printf(" %s", commands[i]->name);
    }
    printf("\" -- \"$word\"))\n    return\n  fi\n  case $before in\n");
    int all = ~0;
    for (int i = 0; shared_row(all, i) != NULL; i++) put_words(shared_row(all, i));
    for (int c = 0; commands[c] != NULL; c++) {
        for (const option_row *row = commands[c]->options;
             row != NULL && row->name != NULL; row++)
            put_words(row);
    }
    printf("  esac\n  case ${COMP_WORDS[1]} in\n");
    for (int c = 0; commands[c] != NULL; c++) {
        const command_row *command = commands[c];
        if (command->hidden) continue;
        printf("    %s) options=\"", command->name);
        const char *separator = "";
        for (const option_row *row = command->options; row != NULL && row->name != NULL;
             row++) {
            put_names(row, separator);
            separator = " ";
        }
        for (int i = 0; shared_row(command->shared, i) != NULL; i++) {
            put_names(shared_row(command->shared, i), separator);
            separator = " ";
        }
        printf("\" ;;\n");
    }
    printf("    *) options= ;;\n  esac\n"
           "  case $word in\n"
           "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
           "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
           "  esac\n}\ncomplete -o filenames -F _fahrplan fahrplan\n");
}
