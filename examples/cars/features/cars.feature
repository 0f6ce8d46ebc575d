Feature: Car inventory
  The cars of a dealer: list, read, add, replace, change and remove them.

  Background:
    Given format "JSON"

  Scenario: All cars
    Given URL path "/cars"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" is "application/json"
    And path "/0/make" is "GMC"
    And path "/1/make" is "Lamborghini"
    And path "/2/make" is "Chevrolet"

  Scenario: One car
    Given URL path "/cars/1"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "{"id": 1, "make": "GMC", "model": "1500 Club Coupe", "year": 1998, "vin": "1D7RV1GTXAS806941", "color": "Red"}"

  Scenario: A new car gets an id
    Given URL path "/cars"
    And REST method "POST"
    And request is "{"make": "Nissan", "model": "240SX", "year": 1994, "vin": "1N6AD0CU5AC961553", "color": "Violet"}"
    When the URL is invoked
    Then status is "201"
    And path "/id" is any integer
    And path "/make" is "Nissan"
    And path "/vin" is "1N6AD0CU5AC961553"
    And I store "/id" from response under "car"
    And header "Location" is "/cars/#{car}"

  Scenario: It is replaced as a whole
    Given URL path "/cars/#{car}"
    And REST method "PUT"
    And request is "{"make": "Buick", "model": "Lucerne", "year": 2006, "vin": "4T1BF3EK8AU335094", "color": "Maroon"}"
    When the URL is invoked
    Then status is "200"
    And path "/id" is "#car"
    And path "/make" is "Buick"
    And path "/year" is an integer "2006"

  Scenario: Some of it is changed
    Given URL path "/cars/#{car}"
    And REST method "PATCH"
    And request is "{"vin": "VNKKTUD32FA050307", "color": "Green"}"
    When the URL is invoked
    Then status is "200"
    And path "/make" is "Buick"
    And path "/vin" is "VNKKTUD32FA050307"
    And path "/color" is "Green"

  Scenario: It is removed
    Given URL path "/cars/#{car}"
    And REST method "DELETE"
    When the URL is invoked
    Then status is "204"
    And JSON response does not exist

  Scenario: It is gone
    Given URL path "/cars/#{car}"
    When the URL is invoked
    Then status is "404"

  Scenario: What is not there
    Given URL path "/motorcycles"
    When the URL is invoked
    Then status is "404"
    And JSON response is equal to "{"error": "The requested resource was not found."}"

  Scenario: JSON without its end
    Given URL path "/cars"
    And REST method "POST"
    And format "RAW"
    And header "Content-Type" "application/json"
    And request is "{"make": "Nissan", "model": "240SX""
    And response format "JSON"
    When the URL is invoked
    Then status is "400"
    And path "/error" is "This request was not properly formatted. Please send again."
    And context is cleaned up

  Scenario: XML, which is not spoken here
    Given URL path "/cars"
    And REST method "POST"
    And format "RAW"
    And header "Content-Type" "application/xml"
    And request is "<car><make>Nissan</make></car>"
    And response format "JSON"
    When the URL is invoked
    Then status is "415"
    And path "/error" is "The application/xml mediatype is not supported."
    And context is cleaned up

  Scenario: Members that nobody knows, and others missing
    Given URL path "/cars"
    And REST method "POST"
    And request is "{"make": "Nissan", "model": "240SX", "topSpeed": 120, "warrantyLength": 7}"
    When the URL is invoked
    Then status is "422"
    And path "/error" is "Request had invalid or missing data."
