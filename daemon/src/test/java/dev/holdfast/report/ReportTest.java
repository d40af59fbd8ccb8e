package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void aPlanSaysWhatHappensToDataBeforeAnythingElse() throws IOException {
        var text = PlanText.of(Samples.plan(), Style.PLAIN);
        assertThat(text).startsWith("Data:");
        Golden.check("plan.txt", text);
    }

    @Test
    void aPlanIsColouredOnlyWhenTold() throws IOException {
        assertThat(PlanText.of(Samples.plan(), Style.PLAIN)).doesNotContain("\u001b");
        Golden.check("plan-colour.txt", PlanText.of(Samples.plan(), Style.COLOUR));
    }

    @Test
    void anEmptyPlanIsOneLine() throws IOException {
        Golden.check("plan-empty.txt", PlanText.of(Samples.emptyPlan(), Style.PLAIN));
        Golden.check("plan-empty.md", PlanMarkdown.of(Samples.emptyPlan(), List.of()));
        Golden.check("plan-empty.json", Json.print(Json.plan(Samples.emptyPlan())));
    }

    @Test
    void aPlanAsMarkdownAndJsonSaysTheSame() throws IOException {
        Golden.check("plan.md", PlanMarkdown.of(Samples.plan(), Samples.problems()));
        Golden.check("plan.json", Json.print(Json.plan(Samples.plan())));
    }

    @Test
    void aLongPlanIsSplitBelowAForgesLimitWithEveryFoldClosed() {
        var changes = java.util.stream.IntStream.range(0, 400)
                .mapToObj(i -> Samples.update("app-" + i, true))
                .toList();
        var plan = Samples.plan();
        var large = Samples.plan(plan.unchanged(), plan.data(), changes, plan.holds(), plan.orphans());
        var parts = MarkdownParts.split(PlanMarkdown.of(large, List.of()));
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts).extracting(MarkdownParts.Part::key).startsWith("plan:production:1", "plan:production:2");
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.text().length()).isLessThan(65_536);
            assertThat(part.text().split("<details>", -1))
                    .hasSameSizeAs(part.text().split("</details>", -1));
            assertThat(MarkdownParts.key(part.text())).isEqualTo(part.key());
        });
        assertThat(parts.getFirst().text()).contains("db-data stays on worker-1");
        assertThat(parts.getLast().text()).contains("app-399");
    }

    @Test
    void theEndOfARunNamesEveryAppThatWasTouched() throws IOException {
        Golden.check("outcomes.txt", OutcomeText.of(Samples.outcomes(), Style.PLAIN));
        Golden.check("apply.md", PlanMarkdown.of(Samples.plan(), List.of(), Samples.outcomes()));
        Golden.check("apply.json", Json.print(Json.apply(Samples.plan(), Samples.outcomes())));
    }

    @Test
    void problemsAreWrittenAsCompilersDo() throws IOException {
        Golden.check("problems.txt", ProblemText.of(Samples.problems(), Style.PLAIN));
        Golden.check("problems.github", ProblemText.github(Samples.problems()));
        Golden.check("problems.sarif", Json.print(ProblemSarif.of(Samples.problems())));
        var files = new java.util.TreeSet<>(List.of("apps/db.yaml", "apps/ok.yaml", "apps/web.yaml", "holdfast.yaml"));
        Golden.check("problems.junit.xml", ProblemJunit.of(files, Samples.problems()));
        Golden.check("problems.md", ProblemMarkdown.of(Samples.problems()));
        Golden.check("problems.json", Json.print(Json.problems(Samples.problems())));
    }

    @Test
    void statusIsATableWithErrorsBelow() throws IOException {
        Golden.check("status.txt", StatusText.of(Samples.status(), Style.PLAIN));
        Golden.check("status.md", StatusMarkdown.of(Samples.status()));
        Golden.check("status.json", Json.print(Json.status("production", Samples.COMMIT, Samples.status())));
    }

    @Test
    void anOrphanReportWarnsOfPruningFirst() throws IOException {
        var text = OrphanText.of(Samples.orphans(), 2, Style.PLAIN);
        assertThat(text.lines().findFirst().orElseThrow()).contains("docker volume prune");
        Golden.check("orphans.txt", text);
        Golden.check("orphans.md", OrphanMarkdown.of(Samples.orphans(), 2));
        Golden.check(
                "orphans.json",
                Json.print(Json.orphans(
                        Samples.orphans(), 2, List.of(new Warning("", WarningCode.SURVEY_INCOMPLETE, Samples.EVIL)))));
    }

    @Test
    void noTextOfOthersReachesATerminalWithEscapes() {
        assertThat(texts())
                .allSatisfy(text -> assertThat(text)
                        .doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]")
                        .doesNotContain("\u202e"));
    }

    @Test
    void noTextOfOthersBecomesATagALinkOrAMention() {
        var outsideCode = Stream.of(
                        PlanMarkdown.of(Samples.plan(), List.of(), Samples.outcomes()),
                        OrphanMarkdown.of(Samples.orphans(), 2),
                        StatusMarkdown.of(Samples.status()))
                .map(text -> text.replaceAll("(?s)````.*?````|```.*?```", ""));
        assertThat(outsideCode)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("<b>", "@admin", "http://")
                        .doesNotContainPattern("(?<!\\\\)]\\("));
    }

    @Test
    void valuesWhoseNameSaysSecretAreNeverShown() {
        assertThat(texts()).allSatisfy(text -> assertThat(text).doesNotContain("hunter2", "hunter3"));
        assertThat(PlanText.of(Samples.plan(), Style.PLAIN)).contains("/run/secrets/db");
    }

    private static List<String> texts() {
        return List.of(
                PlanText.of(Samples.plan(), Style.PLAIN),
                PlanMarkdown.of(Samples.plan(), List.of(), Samples.outcomes()),
                Json.print(Json.apply(Samples.plan(), Samples.outcomes())),
                OutcomeText.of(Samples.outcomes(), Style.PLAIN),
                StatusText.of(Samples.status(), Style.PLAIN),
                StatusMarkdown.of(Samples.status()),
                OrphanText.of(Samples.orphans(), 2, Style.PLAIN),
                OrphanMarkdown.of(Samples.orphans(), 2));
    }
}
