/* The peer of `ethos --version`: a program that links libgit2 and does nothing with it. */
#include <git2.h>
#include <stdio.h>

int main(int argc, char **argv) {
  (void)argv;
  if (argc > 100) git_libgit2_init(); /* keeps the library linked */
  puts("link-only 1");
  return 0;
}
