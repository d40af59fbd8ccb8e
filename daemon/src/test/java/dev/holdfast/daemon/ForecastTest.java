package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Change;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.report.DiffText;
import dev.holdfast.report.Json;
import dev.holdfast.report.Style;
import java.io.IOException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;

/// What a reviewer must know of a change to predict its outcome, word for word.
class ForecastTest extends Proposals {

    @Test
    void keys_that_only_Holdfast_reads_are_told_and_restart_nothing() throws IOException, GitAPIException {
        files.computeIfPresent("holdfast.yaml", (path, text) -> text + "brakes: { max_removals: 60% }\n");
        edit("web", text -> text + "timeout: 20m\ndepends_on: [api]\n");
        var changed = review("settings").plan();
        assertThat(changed.isEmpty()).isTrue();
        assertThat(changed.settings())
                .extracting(setting -> setting.app() + " " + setting.path())
                .containsExactly(" brakes.max_removals", "web depends_on", "web timeout");
    }

    @Test
    void what_is_new_is_told_with_its_main_fields() throws IOException, GitAPIException {
        app("shop", """
            image: shop:3
            networks: [back]
            ports: ["8080:80"]
            secrets: [password]
            deploy: { replicas: 2, placement: { constraints: [node.role == worker] } }
            """);
        app("agent", "image: agent:1\ndeploy: { mode: global, update_config: { order: stop-first } }\n");
        app("files", "image: files:1\npersistent: { directories: [\"files-data:/data\"] }\n");
        assertThat(review("new-apps").plan().changes())
                .filteredOn(Change.CreateService.class::isInstance)
                .hasSize(3);
    }

    @Test
    void a_name_that_leads_nowhere_any_more_and_a_place_without_its_data_are_told()
            throws IOException, GitAPIException {
        edit("web", "networks: [back]", "networks: [outside]\nenvironment: { DB: \"postgres://app:pw9@db/app\" }");
        edit("wiki", "image: wiki:1", "image: wiki:1\ncommand: [serve, /uploads]");
        edit("wiki", ", \"wiki-uploads:/uploads\"", "");
        app("photos", "image: photos:1\npersistent: { node: worker-2, directories: [\"wiki-uploads:/photos\"] }\n");
        var lost = review("lost-names");
        assertThat(lost.plan().warnings())
                .extracting(Warning::code)
                .contains(WarningCode.OUT_OF_REACH, WarningCode.TARGET_NAMED);
        assertThat(DiffText.of(lost, Style.PLAIN) + Json.diff(lost)).doesNotContain("pw9");
    }

    @Test
    void one_line_that_breaks_many_apps_is_told_first_and_the_others_with_it() throws IOException, GitAPIException {
        files.computeIfPresent("holdfast.yaml", (path, text) -> text + "defaults:\n  deploy: { replicas: 2 }\n");
        edit("blog", "networks: [back, outside]", "networks: [bak, outside]");
        var problems = review("defaults").problems();
        assertThat(problems.getFirst().place()).isEqualTo("holdfast.yaml:5:23");
        assertThat(problems)
                .filteredOn(problem -> "holdfast.yaml:5:23".equals(problem.cause()))
                .hasSize(3);
    }
}
