Feature: Signing up

  Background:
    Given format "JSON"

  Scenario: A new user
    Given URL path "/users"
    And REST method "POST"
    And request is "{"email": "Test@Example.com", "username": "testuser", "password": "@{password}"}"
    When the URL is invoked
    Then status is "201"
    And path "/email" is "test@example.com"
    And path "/id" is any integer
    And path "/is_active" is True
    And path "/full_name" is null
    And I store "/id" from response under "id"
    And header "Location" is "/users/#{id}"
    And the response does not contain "password"

  Scenario: The address is taken now
    Given URL path "/users"
    And REST method "POST"
    And request is "{"email": "test@example.com", "username": "another", "password": "@{password}"}"
    When the URL is invoked
    Then status is "409"
    And JSON response is equal to "{"error": "ConflictError", "message": "User with this email already exists", "path": "/users"}"

  Scenario: All that is wrong is said at once
    Given URL path "/users"
    And REST method "POST"
    And request is "{"email": "invalid-email", "username": "not a name", "password": "________"}"
    When the URL is invoked
    Then status is "422"
    And path "/error" is "ValidationError"
    And path "/message" is "Invalid request data"
    And path "/details/0/msg" is "Invalid email format"
    And path "/details/1/msg" is "Username can only contain letters, numbers, and underscores"
    And path "/details/2/msg" is "Password must contain at least one uppercase letter"
    And path "/details/3/msg" is "Password must contain at least one lowercase letter"
    And path "/details/4/msg" is "Password must contain at least one digit"

  Scenario: Nobody makes himself an admin
    Given URL path "/users"
    And REST method "POST"
    And request is "{"email": "mallory@example.com", "username": "mallory", "password": "@{password}", "role": "admin"}"
    When the URL is invoked
    Then status is "201"
    And I store "/id" from response under "mallory"

  Scenario: Mallory logs in
    Given URL path "/token"
    And REST method "POST"
    And format "FORM"
    And request param "username" is "mallory"
    And request param "password" is "@password"
    And response format "JSON"
    When the URL is invoked
    Then status is "200"
    And I store "/access_token" from response under "token"

  Scenario: Nor does Mallory get there later
    Given bearer token "#token"
    And URL path "/users/#{mallory}"
    And REST method "PATCH"
    And request is "{"role": "admin"}"
    When the URL is invoked
    Then status is "403"
    And path "/message" is "Insufficient permissions. Required role: admin"
