package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

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
        Golden.check("plan-empty.md", PlanMarkdown.of(Samples.emptyPlan()));
        Golden.check("plan-empty.json", Json.print(Json.plan(Samples.emptyPlan())));
    }

    @Test
    void aPlanAsMarkdownAndJsonSaysTheSame() throws IOException {
        Golden.check("plan.md", PlanMarkdown.of(Samples.plan()));
        Golden.check("plan.json", Json.print(Json.plan(Samples.plan())));
    }

    @Test
    void theEndOfARunNamesEveryAppThatWasTouched() throws IOException {
        Golden.check("outcomes.txt", OutcomeText.of(Samples.outcomes(), Style.PLAIN));
        Golden.check("apply.md", PlanMarkdown.of(Samples.plan(), Samples.outcomes()));
        Golden.check("apply.json", Json.print(Json.apply(Samples.plan(), Samples.outcomes())));
    }

    @Test
    void problemsAreWrittenAsCompilersDo() throws IOException {
        Golden.check("problems.txt", ProblemText.of(Samples.problems(), Style.PLAIN));
        Golden.check("problems.github", ProblemText.github(Samples.problems()));
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
        var text = OrphanText.of(Samples.orphans(), Style.PLAIN);
        assertThat(text.lines().findFirst().orElseThrow()).contains("docker volume prune");
        Golden.check("orphans.txt", text);
        Golden.check("orphans.md", OrphanMarkdown.of(Samples.orphans()));
        Golden.check("orphans.json", Json.print(Json.orphans(Samples.orphans())));
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
                        PlanMarkdown.of(Samples.plan(), Samples.outcomes()),
                        OrphanMarkdown.of(Samples.orphans()),
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
                PlanMarkdown.of(Samples.plan(), Samples.outcomes()),
                Json.print(Json.apply(Samples.plan(), Samples.outcomes())),
                OutcomeText.of(Samples.outcomes(), Style.PLAIN),
                StatusText.of(Samples.status(), Style.PLAIN),
                StatusMarkdown.of(Samples.status()),
                OrphanText.of(Samples.orphans(), Style.PLAIN),
                OrphanMarkdown.of(Samples.orphans()));
    }
}
