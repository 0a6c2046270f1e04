-- Side effects are few among many observations, and a page lists those of an application.
CREATE INDEX observation_effect ON observation (cluster, application, idx)
    WHERE type = 'effect.observed';
