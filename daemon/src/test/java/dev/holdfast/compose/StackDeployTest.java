package dev.holdfast.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problems;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StackDeployTest {

    static Stream<StackDeployCases.Case> all() throws IOException {
        return StackDeployCases.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isReadAsTheClientReadsIt(StackDeployCases.Case example) {
        var problems = new Problems();
        var stack = StackReader.read(StackDeployCases.source(), example.input(), problems);
        System.out.println("== " + example + "\n   " + example.errors().replace("\n", "\n   ") + example.warnings());
        problems.sorted().forEach(System.out::println);
        assertThat(stack.sound()).isEqualTo(!example.isRefused());
    }
}
