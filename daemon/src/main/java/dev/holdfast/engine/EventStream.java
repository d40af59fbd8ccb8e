package dev.holdfast.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.FilterInputStream;
import java.io.IOException;

/// The body of an events request, which takes its connection with it when it is closed.
final class EventStream extends FilterInputStream {

    private final DockerHttpClient.Response response;
    private final DockerHttpClient client;

    EventStream(DockerHttpClient.Response response, DockerHttpClient client) {
        super(response.getBody());
        this.response = response;
        this.client = client;
    }

    @Override
    public void close() throws IOException {
        try (client) {
            response.close();
        }
    }
}
