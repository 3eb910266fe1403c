/* Reads all YAML files below a folder and lets libyaml go over them, event by event: the least that whoever parses them
   has to do. */
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static long events, bytes, files;

static int parse(const char *path, const struct stat *status, int type, struct FTW *at) {
  size_t length = strlen(path);
  (void)at;
  if (type != FTW_F || length < 5 || strcmp(path + length - 5, ".yaml") != 0) return 0;
  char *text = malloc((size_t)status->st_size + 1);
  FILE *file = fopen(path, "rb");
  if (text == NULL || file == NULL) return 1;
  size_t count = fread(text, 1, (size_t)status->st_size, file);
  fclose(file);
  yaml_parser_t parser;
  yaml_event_t event;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, (unsigned char *)text, count);
  for (int done = 0; !done && yaml_parser_parse(&parser, &event); yaml_event_delete(&event), events++)
    done = event.type == YAML_STREAM_END_EVENT;
  yaml_parser_delete(&parser);
  free(text);
  bytes += (long)count;
  files++;
  return 0;
}

int main(int count, char **arguments) {
  if (count != 2 || nftw(arguments[1], parse, 64, FTW_PHYS) != 0) return 1;
  printf("%ld files, %ld bytes, %ld events\n", files, bytes, events);
  return 0;
}
