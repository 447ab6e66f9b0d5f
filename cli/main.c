/* The program: choose the language, find the command, parse its options, run it.
 *
 * Results go to standard output, everything else to standard error. */
#include "commands.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const command_row *const commands[] = {
    &command_run,     &command_roadmap,    &command_gates,
    &command_path,    &command_levers,     &command_tipping,
    &command_loops,   &command_signposts,  &command_whatif,
    &command_check,   &command_scenarios,  &command_count,
    &command_explain, &command_rank,       &command_trace,
    &command_basins,  &command_landscape,  &command_system,
    &command_diff,    &command_convert,    &command_fmt,
    &command_set,     &command_generate,   &command_version,
    &command_man,     &command_completion, NULL,
};

static const char *name_of_command(const void *context, int i)
{
    (void)context;
    return commands[i]->name;
}

static int unknown_command(const char *name)
{
    int n = 0;
    while (commands[n] != NULL) n++;
    message_misuse(tr("unknown command '%s'"), name);
    int nearest = nearest_name(name, name_of_command, NULL, n);
    if (nearest >= 0)
        message_note(tr("did you mean '%s'?"), commands[nearest]->name);
    else
        message_note(tr("'fahrplan help' lists the commands"));
    return EXIT_MISUSE;
}

/* --lang works wherever it stands, and before anything is said. */
static void choose_language(int argc, char **argv)
{
    const char *chosen = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            chosen = argv[i] + 7;
        else if (i + 1 < argc &&
                 (strcmp(argv[i], "--lang") == 0 || strcmp(argv[i], "-l") == 0))
            chosen = argv[i + 1];
    }
    translate_choose(chosen);
}

/* The words of the command line with quotes where a shell needs them. */
static char *retype(int argc, char **argv)
{
    size_t room = 16;
    for (int i = 1; i < argc; i++) room += 4 * strlen(argv[i]) + 4;
    char *line = calloc(room, 1);
    if (line == NULL) return NULL;
    char *end = line + sprintf(line, "fahrplan");
    for (int i = 1; i < argc; i++) {
        const char *plain =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:+";
        bool quoted = argv[i][0] == '\0' || argv[i][strspn(argv[i], plain)] != '\0';
        *end++ = ' ';
        if (quoted) *end++ = '\'';
        for (const char *c = argv[i]; *c != '\0'; c++) {
            if (*c == '\'')
                end += sprintf(end, "'\\''");
            else
                *end++ = *c;
        }
        if (quoted) *end++ = '\'';
    }
    return line;
}

static int run_command(const command_row *command, int argc, char **argv, int at)
{
    command_call c = {.command = command};
    const char **words = calloc((size_t)argc + 1, sizeof *words);
    c.command_line = retype(argc, argv);
    if (words == NULL || c.command_line == NULL) {
        free(c.command_line);
        free(words);
        return EXIT_FAULT;
    }
    words[0] = command->name;
    for (int i = at + 1; i < argc; i++) words[i - at] = argv[i];
    int code = EXIT_MISUSE;
    if (args_parse(command, argc - at, words, &c.line)) {
        message_setup(c.line.shared.quiet, c.line.shared.verbose);
        c.words.language = translate_language();
        c.words.translate = translate;
        c.words.ascii = c.line.shared.ascii;
        if (c.line.shared.help) help_command(command);
        code = c.line.shared.help ? EXIT_ANSWERED : command->run(&c);
    }
    call_end(&c, code);
    fpl_string_free(c.input);
    args_release(command, &c.line);
    free(c.command_line);
    free(words);
    return code;
}

static int show_help(int argc, char **argv, int at)
{
    const char *name = NULL;
    for (int i = at + 1; i < argc && name == NULL; i++) {
        if (strcmp(argv[i], "--lang") == 0 || strcmp(argv[i], "-l") == 0)
            i++;
        else if (argv[i][0] != '-')
            name = argv[i];
    }
    const command_row *command = name == NULL ? NULL : command_find(name);
    if (name != NULL && command == NULL) return unknown_command(name);
    if (command == NULL)
        help_overview();
    else
        help_command(command);
    return EXIT_ANSWERED;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    choose_language(argc, argv);
    int at = 1; /* options before the command: only --lang makes sense there */
    while (at < argc &&
           (strncmp(argv[at], "--lang", 6) == 0 || strcmp(argv[at], "-l") == 0))
        at += strchr(argv[at], '=') != NULL ? 1 : 2;
    if (at >= argc || strcmp(argv[at], "help") == 0 || strcmp(argv[at], "--help") == 0 ||
        strcmp(argv[at], "-h") == 0)
        return show_help(argc, argv, at);
    if (strcmp(argv[at], "--version") == 0 || strcmp(argv[at], "-V") == 0) {
        printf("fahrplan %s\n", fpl_version());
        return EXIT_ANSWERED;
    }
    const command_row *command = command_find(argv[at]);
    if (command == NULL && argv[at][0] == '-') {
        message_misuse(tr("unknown option '%s'"), argv[at]);
        message_note(
            tr("options stand behind a command; 'fahrplan help' lists the commands"));
        return EXIT_MISUSE;
    }
    return command == NULL ? unknown_command(argv[at])
                           : run_command(command, argc, argv, at);
}
