#include "clients/process.h"

#include <fcntl.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <csignal>

#include "scratch.h"

using clients::Ended;
using clients::Spawn;
using namespace std::chrono_literals;

namespace {

Spawn shell(std::string const& script) { return {.argv = {"/bin/sh", "-c", script}}; }

// A zombie has ended; whoever adopted it reaps it sooner or later.
bool is_alive(int pid) {
  std::string const stat = scratch::text_of("/proc/" + std::to_string(pid) + "/stat");
  auto const after_name = stat.rfind(')');
  return after_name != std::string::npos && stat.size() > after_name + 2 && stat[after_name + 2] != 'Z' &&
         stat[after_name + 2] != 'X';
}

int pid_in(std::filesystem::path const& file) {
  auto const text = scratch::text_of(file);
  return text.ends_with('\n') ? std::stoi(text) : 0;
}

auto seconds_of(auto const& action) {
  auto const start = std::chrono::steady_clock::now();
  action();
  return std::chrono::steady_clock::now() - start;
}

// Whoever runs the tests may ignore signals (nohup, a shell's background job), which would be inherited.
struct DefaultSignals {
  DefaultSignals() {
    for (int number : {SIGINT, SIGTERM, SIGHUP}) signal(number, SIG_DFL);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(process, DefaultSignals)

BOOST_AUTO_TEST_CASE(both_streams_and_the_code_come_back) {
  auto const ended = run(shell("printf 'gr\\303\\274n\\000x'; echo wrong >&2; exit 3"));
  BOOST_TEST((ended.how == Ended::How::exited));
  BOOST_TEST(ended.code == 3);
  BOOST_TEST(!ended.ok());
  BOOST_TEST(ended.out == std::string("gr\xc3\xbcn\0x", 7));
  BOOST_TEST(ended.err == "wrong\n");
}

BOOST_AUTO_TEST_CASE(arguments_are_never_read_by_a_shell) {
  auto const ended = clients::run({.argv = {"printf", "%s|", "a b", "$HOME", "`id`", "", "'"}});
  BOOST_TEST(ended.out == "a b|$HOME|`id`||'|");
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_told_apart) {
  auto const ended = clients::run({.argv = {"no-such-program-of-ours"}});
  BOOST_TEST((ended.how == Ended::How::not_started));
  BOOST_TEST(ended.reason == "no such program: no-such-program-of-ours");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_program_says_so) {
  scratch::Folder const folder;
  scratch::write(folder / "broken",
                 "\x7f"
                 "ELF nothing more");
  std::filesystem::permissions(folder / "broken", std::filesystem::perms::owner_all);
  auto const ended = clients::run({.argv = {(folder / "broken").string()}});
  BOOST_TEST((ended.how == Ended::How::not_started));
  BOOST_TEST(ended.reason.find("Exec format error") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(input_larger_than_a_pipe_arrives_whole) {
  std::string const input(3'000'000, 'x');
  auto spawn = shell("wc -c");
  spawn.input = input;
  BOOST_TEST(std::stol(run(spawn).out) == 3'000'000);
}

BOOST_AUTO_TEST_CASE(without_input_a_reader_sees_the_end) { BOOST_TEST(run(shell("cat; echo done")).out == "done\n"); }

BOOST_AUTO_TEST_CASE(the_environment_can_be_added_to_and_cleared_by_prefix) {
  scratch::Variable const context("HELM_KUBECONTEXT", "prod"), token("HELM_KUBETOKEN", "secret"), other("HELM_X", "x");
  auto spawn = shell("echo $HELM_KUBECONTEXT,$HELM_KUBETOKEN,$HELM_X,$NEW");
  spawn.unset = {"HELM_KUBE*", "OTHER"};
  spawn.set = {{"NEW", "a=b"}, {"HELM_X", "y"}};
  BOOST_TEST(run(spawn).out == ",,y,a=b\n");
}

BOOST_AUTO_TEST_CASE(a_child_that_ignores_term_is_killed_after_the_grace) {
  auto spawn = shell("trap '' TERM; echo started; while :; do sleep 0.05; done");
  spawn.limit = 1s;
  spawn.grace = 200ms;
  Ended ended;
  auto const time = seconds_of([&] { ended = run(spawn); });
  BOOST_TEST((ended.how == Ended::How::timed_out));
  BOOST_TEST(ended.out == "started\n");
  BOOST_TEST((time < 15s));
}

BOOST_AUTO_TEST_CASE(a_child_may_end_cleanly_after_term) {
  auto spawn = shell("trap 'echo cleaned up; exit 0' TERM; while :; do sleep 0.02; done");
  spawn.limit = 1s;
  auto const ended = run(spawn);
  BOOST_TEST((ended.how == Ended::How::timed_out));
  BOOST_TEST(ended.out == "cleaned up\n");
}

BOOST_AUTO_TEST_CASE(grandchildren_go_with_the_group) {
  scratch::Folder const folder;
  auto spawn = shell("sh -c 'trap \"\" TERM; echo $$ > \"$0\"; while :; do sleep 0.05; done' " +
                     (folder / "pid").string() + " & wait");
  spawn.limit = 500ms;
  spawn.grace = 300ms;
  run(spawn);
  int const grandchild = pid_in(folder / "pid");
  BOOST_REQUIRE(grandchild > 0);
  BOOST_TEST(scratch::until([&] { return !is_alive(grandchild); }));
}

BOOST_AUTO_TEST_CASE(what_a_child_leaves_behind_is_ended_and_not_waited_for) {
  scratch::Folder const folder;
  Ended ended;
  auto const time =
      seconds_of([&] { ended = run(shell("sleep 600 & echo $! > " + (folder / "pid").string() + "; echo done")); });
  BOOST_TEST(ended.ok());
  BOOST_TEST(ended.out == "done\n");
  BOOST_TEST((time < 30s));
  int const left_behind = pid_in(folder / "pid");
  BOOST_TEST(scratch::until([&] { return !is_alive(left_behind); }));
}

BOOST_AUTO_TEST_CASE(a_flood_of_output_is_cut_and_ended) {
  auto spawn = shell("yes");
  spawn.most_output = 100'000;
  auto const ended = run(spawn);
  BOOST_TEST((ended.how == Ended::How::too_much_output));
  BOOST_TEST(ended.out.size() == 100'000u);
}

BOOST_AUTO_TEST_CASE(a_child_ended_by_a_signal_names_it) {
  auto const ended = run(shell("kill -SEGV $$"));
  BOOST_TEST((ended.how == Ended::How::signalled));
  BOOST_TEST(ended.code == SIGSEGV);
}

BOOST_AUTO_TEST_CASE(only_kept_descriptors_reach_a_child) {
  int const kept = clients::make_memory_file("kept");
  int const leaked = dup(kept);  // without close-on-exec, as a careless library would
  auto spawn =
      shell("cat /dev/fd/" + std::to_string(kept) + "; test -e /dev/fd/" + std::to_string(leaked) + " || echo .");
  spawn.keep = {kept};
  BOOST_TEST(run(spawn).out == "kept.\n");
  close(kept), close(leaked);
}

BOOST_AUTO_TEST_CASE(a_captured_child_has_no_terminal_to_ask_on) {
  BOOST_TEST(run(shell("(: < /dev/tty) 2>/dev/null || echo none")).out == "none\n");
}

BOOST_AUTO_TEST_CASE(a_captured_child_ends_when_we_are_interrupted) {
  clients::Interrupts const interrupts;
  BOOST_TEST(!clients::Interrupts::pending());
  auto const ended = run(shell("kill -INT " + std::to_string(getpid()) + "; sleep 600"));
  BOOST_TEST((ended.how == Ended::How::interrupted));
  BOOST_TEST(clients::Interrupts::pending());
}

BOOST_AUTO_TEST_CASE(after_an_interrupt_commands_that_clean_up_still_run) {
  clients::Interrupts const interrupts;
  raise(SIGINT);
  BOOST_TEST(clients::Interrupts::pending());
  BOOST_TEST(run(shell("sleep 0.1; echo cleaned")).out == "cleaned\n");
}

BOOST_AUTO_TEST_CASE(term_that_only_we_get_is_forwarded_to_a_passed_through_child) {
  clients::Interrupts const interrupts;
  auto spawn = shell("trap 'exit 42' TERM; kill -TERM " + std::to_string(getpid()) + "; while :; do sleep 0.02; done");
  spawn.pass_through = true;
  auto const ended = run(spawn);
  BOOST_TEST((ended.how == Ended::How::exited));
  BOOST_TEST(ended.code == 42);
}

BOOST_AUTO_TEST_CASE(a_hang_up_reaches_a_passed_through_child_as_term) {
  clients::Interrupts const interrupts;
  auto spawn = shell("trap 'exit 43' TERM; kill -HUP $$; kill -HUP " + std::to_string(getpid()) +
                     "; while :; do sleep 0.02; done");
  spawn.pass_through = true;
  BOOST_TEST(run(spawn).code == 43);
}

BOOST_AUTO_TEST_CASE(every_interrupt_reaches_a_passed_through_child) {
  clients::Interrupts const interrupts;
  auto const us = std::to_string(getpid());
  auto spawn = shell("n=0; trap 'n=$((n+1)); test $n = 2 && exit 44; kill -INT " + us + "' INT; kill -INT " + us +
                     "; while :; do sleep 0.02; done");
  spawn.pass_through = true;
  BOOST_TEST(run(spawn).code == 44);
}

BOOST_AUTO_TEST_CASE(only_the_second_signal_reaches_a_shielded_child) {
  clients::Interrupts const interrupts;
  auto const us = std::to_string(getpid());
  std::vector<int> told;
  auto spawn = shell("trap 'exit 45' TERM; kill -INT $$; kill -HUP $$; kill -INT " + us + "; sleep 0.3; kill -INT " + us +
                     "; while :; do sleep 0.02; done");
  spawn.pass_through = spawn.shielded = true;
  spawn.told = [&](int times) { told.push_back(times); };
  BOOST_TEST(run(spawn).code == 45);
  BOOST_TEST(told == (std::vector{1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_shielded_child_goes_on_when_we_are_killed) {
  scratch::Folder const folder;
  auto const us = fork();
  if (us == 0) {
    auto spawn = shell("echo $$ > " + (folder / "pid").string() + "; until test -e " + (folder / "go").string() +
                       "; do sleep 0.02; done; echo whole > " + (folder / "end").string());
    spawn.pass_through = spawn.shielded = true;
    run(spawn);
    _exit(1);
  }
  BOOST_REQUIRE(scratch::until([&] { return pid_in(folder / "pid") > 0; }));
  kill(us, SIGKILL);
  waitpid(us, nullptr, 0);
  scratch::write(folder / "go", "");
  BOOST_TEST(scratch::until([&] { return scratch::text_of(folder / "end") == "whole\n"; }));
}

BOOST_AUTO_TEST_CASE(a_signal_that_was_ignored_before_us_stays_ignored) {
  auto* const before = signal(SIGHUP, SIG_IGN);
  {
    clients::Interrupts const interrupts;
    raise(SIGHUP);
    BOOST_TEST(!clients::Interrupts::pending());
  }
  signal(SIGHUP, before);
}

BOOST_AUTO_TEST_CASE(children_die_with_us_even_when_we_are_killed) {
  scratch::Folder const folder;
  auto const us = fork();
  if (us == 0) {
    std::string why;
    auto const background =
        clients::Background::start(shell("echo $$ > " + (folder / "one").string() + "; exec sleep 600"), &why);
    run(shell("trap '' TERM; echo $$ > " + (folder / "two").string() + "; while :; do sleep 0.05; done"));
    _exit(1);
  }
  BOOST_REQUIRE(scratch::until([&] { return pid_in(folder / "one") > 0 && pid_in(folder / "two") > 0; }));
  int const one = pid_in(folder / "one"), two = pid_in(folder / "two");
  BOOST_TEST((is_alive(one) && is_alive(two)));
  kill(us, SIGKILL);
  waitpid(us, nullptr, 0);
  BOOST_TEST(scratch::until([&] { return !is_alive(one) && !is_alive(two); }));
}

BOOST_AUTO_TEST_CASE(what_children_have_started_dies_with_us_too) {
  scratch::Folder const folder;
  auto const us = fork();
  if (us == 0) {
    run(shell("sh -c 'echo $$ > \"$0\"; while :; do sleep 0.05; done' " + (folder / "pid").string() + "; echo never"));
    _exit(1);
  }
  BOOST_REQUIRE(scratch::until([&] { return pid_in(folder / "pid") > 0; }));
  int const grandchild = pid_in(folder / "pid");
  BOOST_TEST(is_alive(grandchild));
  kill(us, SIGKILL);
  waitpid(us, nullptr, 0);
  BOOST_TEST(scratch::until([&] { return !is_alive(grandchild); }));
}

BOOST_AUTO_TEST_CASE(a_child_that_finishes_gets_term_when_we_are_killed) {
  scratch::Folder const folder;
  auto const us = fork();
  if (us == 0) {
    auto spawn = shell("trap 'echo clean > " + (folder / "end").string() + "; exit' TERM; echo $$ > " +
                       (folder / "pid").string() + "; while :; do sleep 0.02; done");
    spawn.finishes = true;
    run(spawn);
    _exit(1);
  }
  BOOST_REQUIRE(scratch::until([&] { return pid_in(folder / "pid") > 0; }));
  kill(us, SIGKILL);
  waitpid(us, nullptr, 0);
  BOOST_TEST(scratch::until([&] { return scratch::text_of(folder / "end") == "clean\n"; }));
}

BOOST_AUTO_TEST_CASE(a_background_program_is_read_line_by_line) {
  std::string why;
  auto const background = clients::Background::start(shell("echo one; echo two; echo hm >&2; sleep 600"), &why);
  BOOST_REQUIRE(background);
  BOOST_TEST(background->read_line(10s).value_or("") == "one");
  BOOST_TEST(background->read_line(10s).value_or("") == "two");
  BOOST_TEST(!background->read_line(50ms).has_value());
  BOOST_TEST(scratch::until([&] { return background->errors() == "hm\n"; }));
  BOOST_TEST(background->running());
}

BOOST_AUTO_TEST_CASE(a_background_program_that_ends_tells_why) {
  std::string why;
  auto const background = clients::Background::start(shell("echo broken >&2; exit 1"), &why);
  BOOST_TEST(!background->read_line(10s).has_value());
  BOOST_TEST(scratch::until([&] { return !background->running(); }));
  BOOST_TEST(background->errors() == "broken\n");
}

BOOST_AUTO_TEST_CASE(a_background_program_that_floods_its_errors_takes_no_memory) {
  std::string why;
  auto const background = clients::Background::start(shell("yes x | head -c 1000000 >&2; echo done; sleep 600"), &why);
  BOOST_TEST(background->read_line(20s).value_or("") == "done");
  BOOST_TEST(background->errors().size() == 64u * 1024);
}

BOOST_AUTO_TEST_CASE(a_background_program_ends_with_its_object) {
  std::string why;
  auto background = clients::Background::start(shell("exec sleep 600"), &why);
  int const pid = background->pid();
  BOOST_TEST(is_alive(pid));
  background.reset();
  BOOST_TEST(!is_alive(pid));
}

BOOST_AUTO_TEST_CASE(a_child_waits_for_a_file_that_comes_late) {
  clients::LateFile late;
  auto spawn = shell("cat " + late.path());
  spawn.keep = {late.fd()};
  clients::Started started(spawn);
  std::string const large(300'000, 'x');
  BOOST_TEST(late.fill(large));
  BOOST_TEST(!late.fill("again"));
  BOOST_TEST(started.finish().out == large);
}

BOOST_AUTO_TEST_CASE(a_late_file_that_is_too_large_for_a_pipe_stays_empty) {
  clients::LateFile late;
  auto spawn = shell("cat " + late.path());
  spawn.keep = {late.fd()};
  clients::Started started(spawn);
  bool const filled = late.fill(std::string(64u << 20, 'x'));  // root may have larger pipes than others
  auto const ended = started.finish();
  BOOST_TEST(ended.ok());
  BOOST_TEST(ended.out.size() == (filled ? 64u << 20 : 0u));
}

BOOST_AUTO_TEST_CASE(what_was_started_and_not_finished_ends_with_its_object) {
  scratch::Folder const folder;
  {
    auto spawn = shell("echo $$ > " + (folder / "pid").string() + "; exec sleep 600");
    spawn.grace = 0ms;
    clients::Started const started(spawn);
    BOOST_TEST(scratch::until([&] { return pid_in(folder / "pid") > 0; }));
  }
  BOOST_TEST(!is_alive(pid_in(folder / "pid")));
}

BOOST_AUTO_TEST_CASE(a_program_that_yields_is_nicer) {
  auto spawn = shell("nice");
  auto const usual = run(spawn).out;
  spawn.yields = true;
  BOOST_TEST(run(spawn).out != usual);
}

BOOST_AUTO_TEST_CASE(no_descriptor_of_ours_is_lost) {
  auto const open_now = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
  };
  auto const before = open_now();
  for (int i = 0; i < 5; ++i) {
    run(shell("echo x"));
    clients::run({.argv = {"no-such-program-of-ours"}});
    clients::Interrupts const interrupts;
  }
  BOOST_TEST(open_now() == before);
}

BOOST_AUTO_TEST_SUITE_END()
